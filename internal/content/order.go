package content

// Direction is ascending or descending.
type Direction string

// The directions of an order.
const (
	Asc  Direction = "ASC"
	Desc Direction = "DESC"
)

// ArticleOrderField is something articles can be sorted by.
type ArticleOrderField string

// The fields of an order.
const (
	OrderPublishedAt ArticleOrderField = "PUBLISHED_AT"
	OrderUpdatedAt   ArticleOrderField = "UPDATED_AT"
	OrderCreatedAt   ArticleOrderField = "CREATED_AT"
	OrderTitle       ArticleOrderField = "TITLE"
	OrderWordCount   ArticleOrderField = "WORD_COUNT"
)

// ArticleOrder is one level of a sort. What it leaves equal is sorted by the
// order in which articles came into the archive.
type ArticleOrder struct {
	Field     ArticleOrderField
	Direction Direction
}
