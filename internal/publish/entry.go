package publish

import (
	"context"

	"nutgraph/db"
	"nutgraph/internal/content"
)

// Entries are the authors, the tags or the sections, as editors change them.
type Entries[T any] struct{ taxonomy db.Taxonomy[T] }

// Authors are the people who write.
func (d *Desk) Authors() Entries[content.Author] { return Entries[content.Author]{d.store.Authors()} }

// Tags are the topics of articles.
func (d *Desk) Tags() Entries[content.Tag] { return Entries[content.Tag]{d.store.Tags()} }

// Sections are the parts of the publication.
func (d *Desk) Sections() Entries[content.Section] {
	return Entries[content.Section]{d.store.Sections()}
}

// Create makes one. Readers see it when it holds an article that they see.
func (e Entries[T]) Create(ctx context.Context, n content.Entry) (made T, err error) {
	if err := content.Allow(ctx, content.RoleEditor); err != nil {
		return made, err
	}
	if err := n.Validate(true); err != nil {
		return made, err
	}
	return e.taxonomy.Create(ctx, n)
}

// Update gives one another name, another slug, or both.
func (e Entries[T]) Update(ctx context.Context, id content.ID, n content.Entry) (changed T, err error) {
	if err := content.Allow(ctx, content.RoleEditor); err != nil {
		return changed, err
	}
	if err := n.Validate(false); err != nil {
		return changed, err
	}
	return e.taxonomy.Update(ctx, id, n)
}

// Merge files what is filed under some under another one, and removes them.
func (e Entries[T]) Merge(ctx context.Context, from []content.ID, into content.ID) (merged T, err error) {
	if err := content.Allow(ctx, content.RoleEditor); err != nil {
		return merged, err
	}
	if len(from) > content.MaxMerged {
		return merged, content.FieldErrorf("from", "has %d entries; merge at most %d at once", len(from), content.MaxMerged)
	}
	return e.taxonomy.Merge(ctx, from, into)
}

// Delete removes one. What is filed under it stays.
func (e Entries[T]) Delete(ctx context.Context, id content.ID) error {
	if err := content.Allow(ctx, content.RoleEditor); err != nil {
		return err
	}
	return e.taxonomy.Delete(ctx, id)
}
