package db

import (
	"context"
	"database/sql/driver"
	"errors"
	"io"
	"slices"
)

// readers are the connections that read. They are used without database/sql,
// which takes a goroutine, several locks and a conversion by reflection of each
// value: a third of what a short statement costs.
type readers struct {
	idle chan *reader
	all  []*reader
}

// openReaders opens n connections.
func openReaders(d driver.Driver, dsn string, n int) (*readers, error) {
	p := &readers{idle: make(chan *reader, n)}
	for range n {
		conn, err := d.Open(dsn)
		if err != nil {
			return nil, errors.Join(err, p.close())
		}
		r := &reader{conn: conn.(connection), prepared: map[string]driver.StmtQueryContext{}}
		p.all = append(p.all, r)
		p.idle <- r
	}
	return p, nil
}

// use lends a connection to do, alone.
func (p *readers) use(ctx context.Context, do func(*reader) error) error {
	select {
	case r := <-p.idle:
		defer func() { p.idle <- r }()
		return do(r)
	case <-ctx.Done():
		return ctx.Err()
	}
}

// query implements source.
func (p *readers) query(ctx context.Context, query string, args []any, scan func(scanner) error) error {
	return fault(p.use(ctx, func(r *reader) error { return r.query(ctx, query, args, scan) }))
}

// close waits for those who read, and ends the connections.
func (p *readers) close() error {
	var failed []error
	for range p.all {
		r := <-p.idle
		failed = append(failed, r.close())
	}
	return errors.Join(failed...)
}

// connection is what the driver's connections can do.
type connection interface {
	driver.Conn
	driver.ConnPrepareContext
}

// reader is one connection, with its statements prepared.
type reader struct {
	conn     connection
	prepared map[string]driver.StmtQueryContext
	values   []driver.Value // of the row that is read
	args     []driver.NamedValue
}

// maxPrepared bounds the statements that stay prepared. The fixed ones are
// about fifty; the rest is room for the shapes that filters take.
const maxPrepared = 300

func (r *reader) prepare(ctx context.Context, query string) (driver.StmtQueryContext, error) {
	if stmt := r.prepared[query]; stmt != nil {
		return stmt, nil
	}
	if len(r.prepared) >= maxPrepared {
		if err := r.forget(); err != nil {
			return nil, err
		}
	}
	prepared, err := r.conn.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	stmt := prepared.(driver.StmtQueryContext)
	r.prepared[query] = stmt
	return stmt, nil
}

// forget closes every statement. Those in use are soon back.
func (r *reader) forget() error {
	var failed []error
	for _, stmt := range r.prepared {
		failed = append(failed, stmt.(driver.Stmt).Close())
	}
	clear(r.prepared)
	return errors.Join(failed...)
}

func (r *reader) close() error { return errors.Join(r.forget(), r.conn.Close()) }

// query runs a statement and hands each row to scan.
func (r *reader) query(ctx context.Context, query string, args []any, scan func(scanner) error) (err error) {
	defer count(ctx, query)()
	stmt, err := r.prepare(ctx, query)
	if err != nil {
		return err
	}
	if r.args, err = bound(r.args[:0], args); err != nil {
		return err
	}
	rows, err := stmt.QueryContext(ctx, r.args)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	columns := len(rows.Columns())
	r.values = slices.Grow(r.values[:0], columns)[:columns]
	row := r.row
	for {
		switch err := rows.Next(r.values); {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		case ctx.Err() != nil:
			return ctx.Err()
		}
		if err := scan(row); err != nil {
			return err
		}
	}
}

// bound makes arguments of the kinds that a driver takes.
func bound(to []driver.NamedValue, args []any) ([]driver.NamedValue, error) {
	for i, arg := range args {
		switch arg.(type) {
		case string, int64, float64, bool, []byte, nil:
		default:
			v, err := driver.DefaultParameterConverter.ConvertValue(arg)
			if err != nil {
				return nil, err
			}
			arg = v
		}
		to = append(to, driver.NamedValue{Ordinal: i + 1, Value: arg})
	}
	return to, nil
}
