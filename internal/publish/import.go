package publish

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"

	"nutgraph/db"
	"nutgraph/internal/content"
	"nutgraph/internal/ingest"
	"nutgraph/internal/parallel"
)

// batchSize is how many articles one transaction writes: large enough for a
// durable commit to cost nothing, small enough for other writers to get between.
const batchSize = 100

// Options are what a caller may choose about an import.
type Options struct {
	// SkipRefused goes on after a record that is refused; else it ends the import.
	SkipRefused bool
	// Progress, if any, is told after each batch how many records were read.
	Progress func(read int)
	// Problem, if any, is told of each record that is refused.
	Problem func(Problem)
	// Note, if any, is told of each remark on a record that was read.
	Note func(where, note string)
}

// Problem is a record that was refused.
type Problem struct {
	Where string // file and line
	Err   error  // what is wrong and what to do
}

// Report tells what an import did.
type Report struct {
	Created, Updated, Unchanged int
	Skipped                     int // no articles, for example pages that only list others
	Refused                     int
}

// Read is the number of records that were read.
func (r Report) Read() int { return r.Created + r.Updated + r.Unchanged + r.Skipped + r.Refused }

// Plus is what two imports did together.
func (r Report) Plus(o Report) Report {
	return Report{r.Created + o.Created, r.Updated + o.Updated, r.Unchanged + o.Unchanged, r.Skipped + o.Skipped, r.Refused + o.Refused}
}

// ErrRefused says that an import ended at a record that was refused.
var ErrRefused = errors.New("a record was refused")

// Import writes records into the archive, in transactions of batchSize. Stopped
// at any moment it leaves whole articles only, and importing the same records
// again completes it. Records that are there already, and the same, change
// nothing. What comes after a refused record is not read, unless the options
// say so; what came before it is written.
func Import(ctx context.Context, store *db.DB, items iter.Seq[ingest.Item], o Options) (Report, error) {
	im := importer{store: store, options: o, seen: map[string]string{}}
	err := parallel.Batches(ctx, im.batches(items), im.file, im.save)
	if err == nil {
		err = ctx.Err()
	}
	return im.report, err
}

// importer gathers records into batches, and writes a batch while the next one is
// being made ready. All that it tells is told in the order of the records, when
// their batch is written.
type importer struct {
	store   *db.DB
	options Options
	report  Report
	seen    map[string]string // by key of the draft: where it stood, and its hash
}

// batch is some records that are written in one transaction, or what became of
// them on the way there.
type batch struct {
	records            []record
	notes              []note
	problems           []Problem
	skipped, unchanged int

	filings []db.Filing
	where   []string // of the filings
}

// note is a remark on a record.
type note struct{ where, text string }

func (b *batch) refuse(where string, err error) { b.problems = append(b.problems, Problem{where, err}) }

// record is a valid draft and where it came from.
type record struct {
	draft content.Draft
	hash  []byte
	where string
}

// batches reads records until one is refused.
func (im *importer) batches(items iter.Seq[ingest.Item]) iter.Seq[*batch] {
	return func(yield func(*batch) bool) {
		b := &batch{}
		for item := range items {
			im.add(b, item)
			if im.ends(b) {
				break
			}
			if len(b.records) == batchSize {
				if !yield(b) {
					return
				}
				b = &batch{}
			}
		}
		yield(b)
	}
}

// ends tells whether a batch is the last one, as one of its records is refused.
func (im *importer) ends(b *batch) bool { return len(b.problems) > 0 && !im.options.SkipRefused }

func (im *importer) add(b *batch, item ingest.Item) {
	if item.Err != nil {
		b.refuse(item.Where, item.Err)
		return
	}
	if item.Skipped != "" {
		b.skipped++
		b.notes = append(b.notes, note{item.Where, item.Skipped})
		return
	}
	for _, n := range item.Notes {
		b.notes = append(b.notes, note{item.Where, n})
	}
	r := record{item.Draft, DraftHash(item.Draft), item.Where}
	if !im.repeated(b, r) {
		b.records = append(b.records, r)
	}
}

// repeated deals with a record whose article this import has already met: the
// same again is nothing new, another text under the same name is a mistake that
// would otherwise overwrite the first one, each time anew.
func (im *importer) repeated(b *batch, r record) bool {
	key := r.draft.Key()
	first, found := im.seen[key]
	if !found {
		im.seen[key] = string(r.hash) + r.where
		return false
	}
	if first[:hashSize] == string(r.hash) {
		b.unchanged++
		return true
	}
	field, name := "slug", r.draft.SlugOrTitle()
	if r.draft.Source != "" {
		field, name = "externalId", r.draft.ExternalID
	}
	b.refuse(r.where, &content.Error{Code: content.Conflict, Field: field, Message: fmt.Sprintf(
		"%q is that of another record, at %s; give each its own", name, first[hashSize:])})
	return true
}

// file makes the records ready that are new or changed.
func (im *importer) file(ctx context.Context, b *batch) (*batch, error) {
	drafts := make([]content.Draft, len(b.records))
	for i, r := range b.records {
		drafts[i] = r.draft
	}
	known, err := im.store.DraftHashes(ctx, drafts)
	if err != nil {
		return nil, err
	}
	changed := slices.DeleteFunc(b.records, func(r record) bool { return string(known[r.draft.Key()]) == string(r.hash) })
	b.unchanged += len(drafts) - len(changed)
	type filed struct {
		filing db.Filing
		err    error
	}
	for i, f := range parallel.Map(changed, func(r record) filed {
		filing, err := file(r.draft, r.hash)
		return filed{filing, err}
	}) {
		if f.err != nil {
			b.refuse(changed[i].where, f.err)
			continue
		}
		b.filings, b.where = append(b.filings, f.filing), append(b.where, changed[i].where)
	}
	return b, nil
}

// save writes a batch, and tells what became of its records. It fails with
// ErrRefused when no other may follow.
func (im *importer) save(ctx context.Context, b *batch) error {
	outcomes, err := im.store.Save(ctx, b.filings)
	if err != nil {
		return err
	}
	for i, outcome := range outcomes {
		switch outcome.Change {
		case db.Created:
			im.report.Created++
		case db.Updated:
			im.report.Updated++
		case db.Unchanged:
			im.report.Unchanged++
		case db.Refused:
			b.refuse(b.where[i], outcome.Err)
		}
	}
	im.report = im.report.Plus(Report{Unchanged: b.unchanged, Skipped: b.skipped, Refused: len(b.problems)})
	im.tell(b)
	if im.ends(b) {
		return ErrRefused
	}
	return nil
}

func (im *importer) tell(b *batch) {
	if im.options.Note != nil {
		for _, n := range b.notes {
			im.options.Note(n.where, n.text)
		}
	}
	if im.options.Problem != nil {
		for _, p := range b.problems {
			im.options.Problem(p)
		}
	}
	if im.options.Progress != nil {
		im.options.Progress(im.report.Read())
	}
}
