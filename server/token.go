package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"text/tabwriter"
	"time"

	"nutgraph/db"
	"nutgraph/internal/content"
	"nutgraph/internal/publish"
)

// tokenCommands hand out API tokens. Whoever can write the archive's file is an
// administrator.
type tokenCommands struct {
	Create createTokenCommand `cmd:"" help:"Make a token and print it, once, as the last word."`
	List   listTokensCommand  `cmd:"" help:"List the tokens, newest first. None can be shown again."`
	Revoke revokeTokenCommand `cmd:"" help:"End a token, at once."`
}

// asOperator is the context of somebody who works on the file itself.
func asOperator(ctx context.Context) context.Context {
	return content.WithPrincipal(ctx, &content.Principal{Name: "operator", Role: content.RoleAdmin})
}

// withDesk opens an archive for editing and closes it again.
func withDesk(ctx context.Context, open func(context.Context, string) (*db.DB, error), path string, do func(context.Context, *publish.Desk) error) error {
	store, err := open(ctx, path)
	if err != nil {
		return err
	}
	return errors.Join(do(asOperator(ctx), publish.NewDesk(store)), store.Close())
}

type createTokenCommand struct {
	archiveFlag
	Role    string        `required:"" enum:"READER,PREVIEWER,AUTHOR,EDITOR,ADMIN" placeholder:"ROLE" help:"What it may do: READER, PREVIEWER (sees drafts), AUTHOR (makes drafts), EDITOR (edits and publishes everything) or ADMIN (hands out tokens)."`
	Expires time.Duration `placeholder:"DURATION" help:"How long it is good, for example 720h; for ever when left out."`
	Name    string        `arg:"" help:"Who or what will use it."`
}

// Run prints the token as the last word of its output.
func (c *createTokenCommand) Run(ctx context.Context) error {
	return withDesk(ctx, openOrMake, c.DB, func(ctx context.Context, desk *publish.Desk) error {
		n := content.NewToken{Name: c.Name, Role: content.Role(c.Role)}
		if c.Expires != 0 {
			n.ExpiresAt = new(time.Now().Add(c.Expires))
		}
		t, secret, err := desk.CreateToken(ctx, n)
		if err != nil {
			return err
		}
		fmt.Fprintf(os.Stdout, "%s is the token of %q with the role %s. It is not shown again:\n%s\n", t.ID, t.Name, t.Role, secret)
		return nil
	})
}

// openOrMake opens an archive, and makes it when there is none: tokens may come
// before the first article.
func openOrMake(ctx context.Context, path string) (*db.DB, error) {
	return db.Open(ctx, path, db.Options{})
}

type listTokensCommand struct {
	archiveFlag
}

// Run prints one line for each token.
func (c *listTokensCommand) Run(ctx context.Context) error {
	return withDesk(ctx, openExisting, c.DB, func(ctx context.Context, desk *publish.Desk) error {
		table := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
		fmt.Fprintln(table, "TOKEN\tNAME\tROLE\tCREATED\tEXPIRES\tREVOKED\tLAST USED")
		window := content.Window{Limit: content.MaxPage}
		for {
			page, err := desk.Tokens(ctx, window)
			if err != nil {
				return err
			}
			for _, t := range page.Nodes() {
				fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\t%s\t%s\n", t.ID, t.Name, t.Role, day(&t.CreatedAt), day(t.ExpiresAt), day(t.RevokedAt), day(t.LastUsedAt))
			}
			if !page.PageInfo.HasNextPage {
				return table.Flush()
			}
			if window, err = (content.PageArgs{First: new(content.MaxPage), After: page.PageInfo.EndCursor}).Window(); err != nil {
				return err
			}
		}
	})
}

func day(t *time.Time) string {
	if t == nil {
		return "-"
	}
	return t.UTC().Format(time.RFC3339)
}

type revokeTokenCommand struct {
	archiveFlag
	Token string `arg:"" help:"The id of the token, as token list shows it."`
}

// Run ends the token.
func (c *revokeTokenCommand) Run(ctx context.Context) error {
	return withDesk(ctx, openExisting, c.DB, func(ctx context.Context, desk *publish.Desk) error {
		t, err := desk.RevokeToken(ctx, content.ID(c.Token))
		if err == nil {
			fmt.Fprintf(os.Stdout, "the token of %q is revoked\n", t.Name)
		}
		return err
	})
}
