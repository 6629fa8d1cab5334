package publish

import (
	"context"
	"errors"
	"fmt"
	"iter"

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
	for item := range items {
		if err := im.add(ctx, item); err != nil {
			return im.report, err
		}
		if im.stopped {
			break
		}
	}
	if err := ctx.Err(); err != nil {
		return im.report, err
	}
	if err := im.flush(ctx); err != nil {
		return im.report, err
	}
	if im.report.Refused > 0 && !o.SkipRefused {
		return im.report, ErrRefused
	}
	return im.report, nil
}

// importer gathers records into batches.
type importer struct {
	store   *db.DB
	options Options
	report  Report
	batch   []record
	seen    map[string]string // by key of the draft: where it stood, and its hash
	stopped bool
}

// record is a valid draft and where it came from.
type record struct {
	draft content.Draft
	hash  []byte
	where string
}

func (im *importer) add(ctx context.Context, item ingest.Item) error {
	if item.Err != nil {
		im.refuse(item.Where, item.Err)
		return nil //nolint:nilerr // the record is refused; the import goes on
	}
	if item.Skipped != "" {
		im.report.Skipped++
		im.note(item.Where, item.Skipped)
		return nil
	}
	for _, note := range item.Notes {
		im.note(item.Where, note)
	}
	r := record{item.Draft, DraftHash(item.Draft), item.Where}
	if done := im.repeated(r); done {
		return nil
	}
	if im.batch = append(im.batch, r); len(im.batch) == batchSize {
		return im.flush(ctx)
	}
	return nil
}

func (im *importer) note(where, note string) {
	if im.options.Note != nil {
		im.options.Note(where, note)
	}
}

func (im *importer) refuse(where string, err error) {
	im.report.Refused++
	im.stopped = !im.options.SkipRefused
	if im.options.Problem != nil {
		im.options.Problem(Problem{where, err})
	}
}

// repeated deals with a record whose article this import has already met: the
// same again is nothing new, another text under the same name is a mistake that
// would otherwise overwrite the first one, each time anew.
func (im *importer) repeated(r record) bool {
	key := r.draft.Key()
	first, found := im.seen[key]
	if !found {
		im.seen[key] = string(r.hash) + r.where
		return false
	}
	if first[:hashSize] == string(r.hash) {
		im.report.Unchanged++
		return true
	}
	field, name := "slug", r.draft.SlugOrTitle()
	if r.draft.Source != "" {
		field, name = "externalId", r.draft.ExternalID
	}
	im.refuse(r.where, &content.Error{Code: content.Conflict, Field: field, Message: fmt.Sprintf(
		"%q is that of another record, at %s; give each its own", name, first[hashSize:])})
	return true
}

// flush writes the batch.
func (im *importer) flush(ctx context.Context) error {
	batch := im.batch
	im.batch = nil
	filings, where, err := im.file(ctx, batch)
	if err != nil {
		return err
	}
	outcomes, err := im.store.Save(ctx, filings)
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
			im.refuse(where[i], outcome.Err)
		}
	}
	if im.options.Progress != nil {
		im.options.Progress(im.report.Read())
	}
	return nil
}

// file makes the records ready that are new or changed.
func (im *importer) file(ctx context.Context, batch []record) (filings []db.Filing, where []string, err error) {
	drafts := make([]content.Draft, len(batch))
	for i, r := range batch {
		drafts[i] = r.draft
	}
	known, err := im.store.DraftHashes(ctx, drafts)
	if err != nil {
		return nil, nil, err
	}
	var changed []record
	for _, r := range batch {
		if string(known[r.draft.Key()]) == string(r.hash) {
			im.report.Unchanged++
			continue
		}
		changed = append(changed, r)
	}
	type filed struct {
		filing db.Filing
		err    error
	}
	for i, f := range parallel.Map(changed, func(r record) filed {
		filing, err := File(r.draft)
		return filed{filing, err}
	}) {
		if f.err != nil {
			im.refuse(changed[i].where, f.err)
			continue
		}
		filings, where = append(filings, f.filing), append(where, changed[i].where)
	}
	return filings, where, nil
}
