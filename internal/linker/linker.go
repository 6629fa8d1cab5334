// Package linker finds out what an article of the archive has to do with
// others: the relatedness engine of internal/related over the store, with a
// bounded part of the archive in memory however large it is.
//
// The pipeline draws edges with it, and readers are given what was drawn. What
// was not, because a filter leaves few of the stored edges or because the other
// ends have been withdrawn, is drawn while they wait:
//
//	links := linker.New(store, version)
//	pages, err := links.Related(ctx, articles, where, window)
package linker

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"nutgraph/db"
	"nutgraph/internal/content"
	"nutgraph/internal/related"
)

// Linker compares articles of one archive. It is safe for concurrent use.
type Linker struct {
	store   *db.DB
	version string

	mu        sync.Mutex // guards what follows
	known     *related.Model
	learnedAt time.Time // of known
}

// New returns a linker that works with what was made by one version of the
// algorithms.
func New(store *db.DB, version string) *Linker { return &Linker{store: store, version: version} }

// Model returns the model of the archive. It is kept in memory until there is
// another one; NotFound when there is none of this version.
func (l *Linker) Model(ctx context.Context) (*related.Model, error) {
	latest, err := l.store.LatestModel(ctx)
	if err != nil {
		return nil, err
	}
	if latest.Version != l.version {
		return nil, content.Errorf(content.NotFound, "the model is of version %q", latest.Version)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.known != nil && l.learnedAt.Equal(latest.LearnedAt) {
		return l.known, nil
	}
	data, err := l.store.ModelData(ctx)
	if err != nil {
		return nil, err
	}
	m := &related.Model{}
	if err := m.UnmarshalBinary(data); err != nil {
		return nil, fmt.Errorf("read the model: %w", err)
	}
	l.known, l.learnedAt = m, latest.LearnedAt
	return m, nil
}

// Unpack reads a stored profile.
func Unpack(stored db.Profile) (*related.Profile, error) {
	profile := &related.Profile{}
	if err := profile.UnmarshalBinary(stored.Data); err != nil {
		return nil, fmt.Errorf("read the profile of article %d: %w", stored.Key, err)
	}
	profile.Key = stored.Key
	return profile, nil
}

// profiles reads the profiles of articles; those that have none of this version
// are left out.
func (l *Linker) profiles(ctx context.Context, keys []int64, model *related.Model) ([]*related.Profile, error) {
	stored, err := l.store.ProfilesByKey(ctx, keys, l.version)
	if err != nil {
		return nil, err
	}
	return unpackAll(stored, model)
}

func unpackAll(stored []db.Profile, model *related.Model) ([]*related.Profile, error) {
	profiles := make([]*related.Profile, len(stored))
	for i := range stored {
		var err error
		if profiles[i], err = Unpack(stored[i]); err != nil {
			return nil, err
		}
		model.PlaceAt(profiles[i], stored[i].Place)
	}
	return profiles, nil
}

func isNotFound(err error) bool {
	e, ok := errors.AsType[*content.Error](err)
	return ok && e.Code == content.NotFound
}
