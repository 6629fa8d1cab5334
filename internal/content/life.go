package content

import "time"

// Publish makes an article public at a moment: the one given, else the one it
// was published at, else now. An end of the publication that does not lie after
// that moment is dropped.
func (a *Article) Publish(at *time.Time, now time.Time) error {
	switch {
	case a.Status == StatusTrashed:
		return errTrashed
	case at != nil:
		a.PublishedAt = at
	case a.PublishedAt == nil || a.PublishedAt.After(now):
		a.PublishedAt = &now
	}
	if a.UpdatedAt.Before(*a.PublishedAt) {
		a.UpdatedAt = *a.PublishedAt
	}
	if a.UnpublishAt != nil && !a.UnpublishAt.After(later(*a.PublishedAt, now)) {
		a.UnpublishAt = nil
	}
	a.Status = StatusPublished.At(a.PublishedAt, a.UnpublishAt, now)
	return nil
}

// Unpublish ends the publication of an article at a moment: the one given, or
// now. One that is only scheduled becomes a draft again when that is now.
func (a *Article) Unpublish(at *time.Time, now time.Time) error {
	switch {
	case a.Status == StatusTrashed:
		return errTrashed
	case a.Status != StatusPublished && a.Status != StatusScheduled:
		return Errorf(Conflict, "the article is not public, nor scheduled to be; there is nothing to unpublish")
	case at != nil && at.Before(*a.PublishedAt):
		return FieldErrorf("at", "lies before the publication, which is at %s; give a later time", a.PublishedAt.Format(time.RFC3339))
	case at != nil && at.After(now):
		a.UnpublishAt = at
	case a.Status == StatusScheduled:
		a.Status, a.PublishedAt, a.UnpublishAt = StatusDraft, nil, nil
	default:
		a.Status, a.UnpublishAt = StatusWithdrawn, nil
	}
	return nil
}

// Withdraw takes back an article that is public or will be, at once.
func (a *Article) Withdraw() error {
	if a.Status == StatusTrashed {
		return errTrashed
	}
	if !a.Status.CanBecome(StatusWithdrawn) {
		return Errorf(Conflict, "the article is a draft; there is nothing to withdraw")
	}
	a.Status, a.UnpublishAt = StatusWithdrawn, nil
	return nil
}

// Trash puts an article in the trash: nobody sees it but those who may see
// everything.
func (a *Article) Trash(now time.Time) error {
	if a.Status == StatusTrashed {
		return Errorf(Conflict, "the article is in the trash already")
	}
	a.leave()
	a.DeletedAt = &now
	return nil
}

// leave is the end of any publication, also of one to come.
func (a *Article) leave() {
	switch a.Status {
	case StatusScheduled:
		a.Status, a.PublishedAt = StatusDraft, nil
	case StatusPublished:
		a.Status = StatusWithdrawn
	}
	a.UnpublishAt = nil
}

// Untrash takes an article out of the trash. It does not become public by that:
// one that was is withdrawn now.
func (a *Article) Untrash() error {
	if a.DeletedAt == nil {
		return Errorf(Conflict, "the article is not in the trash")
	}
	a.DeletedAt, a.Status = nil, StatusDraft
	if a.PublishedAt != nil {
		a.Status = StatusWithdrawn
	}
	return nil
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// SameState tells whether two versions of an article stand at the same place in
// its life.
func (a *Article) SameState(b *Article) bool {
	return a.Status == b.Status && sameMoment(a.PublishedAt, b.PublishedAt) &&
		sameMoment(a.UnpublishAt, b.UnpublishAt) && sameMoment(a.DeletedAt, b.DeletedAt)
}

func sameMoment(a, b *time.Time) bool {
	return a == b || a != nil && b != nil && a.Equal(*b)
}
