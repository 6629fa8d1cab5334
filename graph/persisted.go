package graph

import (
	"context"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/handler/extension"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// persistedText is how much text of persisted queries is kept, in bytes.
const persistedText = 8 << 20

// persisted speaks Apollo's protocol of automatic persisted queries: a client
// sends the hash of a query, and its text only when the server does not know it.
type persisted struct {
	extension.AutomaticPersistedQuery
}

var _ graphql.OperationParameterMutator = persisted{}

func newPersisted() persisted {
	texts := newTextStore(persistedText, func(_, text string) int { return len(text) })
	return persisted{extension.AutomaticPersistedQuery{Cache: texts}}
}

// MutateOperationParameters implements graphql.OperationParameterMutator. The
// engine gives a code to one of its errors only.
func (p persisted) MutateOperationParameters(ctx context.Context, params *graphql.RawParams) *gqlerror.Error {
	err := p.AutomaticPersistedQuery.MutateOperationParameters(ctx, params)
	if err != nil && err.Extensions["code"] == nil {
		setCode(err, codeBadRequest)
	}
	return err
}
