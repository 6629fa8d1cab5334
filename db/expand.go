package db

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"strings"

	"nutgraph/internal/content"
)

// level is articles of which the same is wanted, each once.
type level struct {
	views []*View
	byKey map[int64]*View
}

// add puts an article into the level and returns the view that stands for it.
func (l *level) add(a *View) *View {
	if known := l.byKey[a.key]; known != nil {
		return known
	}
	if l.byKey == nil {
		l.byKey = map[int64]*View{}
	}
	l.byKey[a.key] = a
	l.views = append(l.views, a)
	return a
}

// among is the condition that a column holds the key of an article of the level.
func (l *level) among(s *statement, column string) string {
	if len(l.views) == 1 {
		return column + " = " + s.arg(l.views[0].key)
	}
	keys := []byte{'['}
	for i, a := range l.views {
		if i > 0 {
			keys = append(keys, ',')
		}
		keys = strconv.AppendInt(keys, a.key, 10)
	}
	return column + " IN (SELECT value FROM json_each(" + s.arg(string(append(keys, ']'))) + "))"
}

// expand reads what is wanted of articles beside themselves: a statement for
// each part, for all of them. They are visible in this snapshot, so it need not
// be asked again.
func (v *viewer) expand(ctx context.Context, views []*View, w *Wanted) error {
	l := &level{}
	for _, a := range views {
		l.add(a)
	}
	if len(l.views) == 0 {
		return nil
	}
	for _, part := range []struct {
		wanted bool
		read   func(context.Context, *level, *Wanted) error
	}{
		{len(w.Body) > 0 || w.Source, v.bodies},
		{w.Authors, v.authors},
		{w.Tags, v.tags},
		{len(w.Summaries) > 0, v.summaries},
	} {
		if part.wanted {
			if err := part.read(ctx, l, w); err != nil {
				return err
			}
		}
	}
	for i := range w.Related {
		if err := v.related(ctx, l, &w.Related[i]); err != nil {
			return err
		}
	}
	return v.neighbours(ctx, l, w)
}

// bodyColumns are where the forms of a body stand.
var bodyColumns = map[content.Format]string{content.HTML: "b.html", content.Markdown: "b.markdown", content.Text: "b.text"}

func (v *viewer) bodies(ctx context.Context, l *level, w *Wanted) error {
	s := &statement{}
	columns := []string{"b.article_key", "b.format"}
	for _, format := range w.Body {
		columns = append(columns, bodyColumns[format])
	}
	query := "SELECT " + strings.Join(columns, ", ") + " FROM body b WHERE " + l.among(s, "b.article_key")
	return v.brief(ctx, query, s.args, func(scan scanner) error {
		var key int64
		var b content.Body
		dest := []any{&key, &b.Format}
		for _, format := range w.Body {
			dest = append(dest, b.In(format))
		}
		err := scan(dest...)
		l.byKey[key].Body = b
		return err
	})
}

func (v *viewer) authors(ctx context.Context, l *level, _ *Wanted) error {
	s := &statement{}
	query := `
		SELECT l.article_key, n.id, n.slug, n.name
		FROM article_author l
		JOIN author n ON n.key = l.author_key
		WHERE ` + l.among(s, "l.article_key") + `
		ORDER BY l.article_key, l.position`
	return v.brief(ctx, query, s.args, func(scan scanner) error {
		var key int64
		var id string
		var a content.Author
		err := scan(&key, &id, &a.Slug, &a.Name)
		a.ID = content.ID(id)
		view := l.byKey[key]
		view.Authors = append(view.Authors, a)
		return err
	})
}

func (v *viewer) tags(ctx context.Context, l *level, _ *Wanted) error {
	s := &statement{}
	query := `
		SELECT l.article_key, n.id, n.slug, n.name
		FROM article_tag l
		JOIN tag n ON n.key = l.tag_key
		WHERE ` + l.among(s, "l.article_key") + `
		ORDER BY l.article_key, l.position`
	return v.brief(ctx, query, s.args, func(scan scanner) error {
		var key int64
		var id string
		var t content.Tag
		err := scan(&key, &id, &t.Slug, &t.Name)
		t.ID = content.ID(id)
		view := l.byKey[key]
		view.Tags = append(view.Tags, t)
		return err
	})
}

// summaries reads those of all lengths wanted. An editor's comes before the
// machine's.
func (v *viewer) summaries(ctx context.Context, l *level, w *Wanted) error {
	s := &statement{}
	sentences := slices.ContainsFunc(w.Summaries, func(m WantedSummary) bool { return m.Sentences })
	columns, from := "m.article_key, m.length, m.text", "summary m"
	if sentences {
		columns, from = columns+", m.origin, m.text_hash <> a.text_hash, m.sentences", "summary m JOIN article a ON a.key = m.article_key"
	}
	lengths := "m.length = " + s.arg(string(w.Summaries[0].Length))
	if len(w.Summaries) > 1 {
		all := make([]content.SummaryLength, len(w.Summaries))
		for i, m := range w.Summaries {
			all[i] = m.Length
		}
		s.args = nil
		lengths = "m.length IN " + list(s, all)
	}
	query := "SELECT " + columns + " FROM " + from + " WHERE " + l.among(s, "m.article_key") + " AND " + lengths +
		" ORDER BY m.article_key, m.length, m.origin" // EDITOR before EXTRACTIVE: the first one stays
	for _, a := range l.views {
		a.Summaries = make([]*content.Summary, len(w.Summaries))
	}
	return v.brief(ctx, query, s.args, func(scan scanner) error {
		var key int64
		var length string
		var raw []byte
		m := &content.Summary{}
		dest := []any{&key, &length, &m.Text}
		if sentences {
			dest = append(dest, &m.Origin, &m.IsStale, &raw)
		}
		if err := scan(dest...); err != nil {
			return err
		}
		m.Length = content.SummaryLength(length)
		for i, wanted := range w.Summaries {
			if place := &l.byKey[key].Summaries[i]; wanted.Length == m.Length && *place == nil {
				*place = m
			}
		}
		if sentences {
			return json.Unmarshal(raw, &m.Sentences)
		}
		return nil
	})
}

// ErrNotStored says that the related articles of one are other than those that
// are stored: some of these are hidden, or wait to be replaced, or an editor has a
// say in them.
var ErrNotStored = errors.New("the related articles are to be drawn")

// relatedName is how cursors name the list of related articles.
var relatedName = (&listing[RelatedArticle]{items: "related", order: relatedOrder}).name()

// chosen marks what an editor has pinned or blocked: such lists are left to
// RelatedOf.
const chosen = "CHOSEN"

func (v *viewer) related(ctx context.Context, l *level, w *WantedRelated) error {
	reasons := "'[]'"
	if w.Reasons {
		reasons = "r.reasons"
	}
	s := &statement{}
	query := "SELECT r.article_key, " + s.visible(v.now) + `,
			EXISTS (SELECT 1 FROM analysis n WHERE ` + l.among(s, "n.article_key") + ` AND n.edges <> 'DONE'),
			r.score, r.origin, ` + reasons + `, ` + w.Node.columns() + `
		FROM (
			SELECT article_key, related_key, score, origin, reasons FROM related WHERE ` + l.among(s, "article_key") + `
			UNION ALL
			SELECT article_key, related_key, 1, '` + chosen + `', '[]' FROM related_choice WHERE ` + l.among(s, "article_key") + `
		) r
		JOIN article a ON a.key = r.related_key` + w.Node.joins() + `
		ORDER BY r.score DESC, r.related_key DESC`
	place := len(l.views[0].Related)
	for _, a := range l.views {
		a.Related = append(a.Related, nil)
	}
	var found level
	scanNode := v.scanView(&w.Node)
	err := v.brief(ctx, query, s.args, func(scan scanner) error {
		var key int64
		var e RelatedView
		var origin string
		var reasons []byte
		var visible, waiting bool
		node, err := scanNode(func(dest ...any) error {
			return scan(append([]any{&key, &visible, &waiting, &e.Score, &origin, &reasons}, dest...)...)
		})
		edges := &l.byKey[key].Related[place]
		switch {
		case err != nil:
			return err
		case waiting, !visible, origin == chosen:
			return ErrNotStored
		case len(*edges) > w.Limit:
			return nil
		}
		e.Origin = content.RelatedOrigin(origin)
		e.Cursor = content.Cursor{Order: relatedName, Values: []any{0.0, e.Score}, ID: strconv.FormatInt(node.key, 10)}
		e.Node = found.add(node)
		*edges = append(*edges, e)
		if !w.Reasons {
			return nil
		}
		return json.Unmarshal(reasons, &(*edges)[len(*edges)-1].Reasons)
	})
	if err != nil {
		return err
	}
	return v.expand(ctx, found.views, &w.Node)
}

// neighbours reads the articles published just before and just after.
func (v *viewer) neighbours(ctx context.Context, l *level, w *Wanted) error {
	for i := range w.Previous {
		err := v.neighbour(ctx, l, &w.Previous[i], "<", "DESC", func(a, n *View) { a.Previous[i] = n }, func(a *View) { a.Previous = append(a.Previous, nil) })
		if err != nil {
			return err
		}
	}
	for i := range w.Next {
		err := v.neighbour(ctx, l, &w.Next[i], ">", "ASC", func(a, n *View) { a.Next[i] = n }, func(a *View) { a.Next = append(a.Next, nil) })
		if err != nil {
			return err
		}
	}
	return nil
}

func (v *viewer) neighbour(ctx context.Context, l *level, w *Wanted, sign, direction string, put func(a, n *View), clear func(*View)) error {
	for _, a := range l.views {
		clear(a)
	}
	s := &statement{}
	query := "SELECT p.key, " + w.columns() + `
		FROM article p
		JOIN article a ON a.key = (
			SELECT a.key FROM article a
			WHERE (a.published_at, a.key) ` + sign + ` (p.published_at, p.key) AND ` + s.visible(v.now) + `
			ORDER BY a.published_at ` + direction + `, a.key ` + direction + `
			LIMIT 1)` + w.joins() + `
		WHERE ` + l.among(s, "p.key")
	var found level
	scanNode := v.scanView(w)
	err := v.brief(ctx, query, s.args, func(scan scanner) error {
		var key int64
		n, err := scanNode(func(dest ...any) error { return scan(append([]any{&key}, dest...)...) })
		if err == nil {
			put(l.byKey[key], found.add(n))
		}
		return err
	})
	if err != nil {
		return err
	}
	return v.expand(ctx, found.views, w)
}
