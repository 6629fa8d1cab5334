package summary

import (
	"math"
	"testing"
)

// regression sums up what ridge regression needs (Hoerl and Kennard, 1970).
type regression struct {
	square [][]float64
	target []float64
}

func newRegression(n int) regression {
	r := regression{square: make([][]float64, n), target: make([]float64, n)}
	for i := range r.square {
		r.square[i] = make([]float64, n)
	}
	return r
}

// enter adds the rows of one article, less their mean.
func (r *regression) enter(rows []row, weight float64) {
	if len(rows) < 2 {
		return
	}
	mean, worth := map[int]float64{}, 0.0
	for _, x := range rows {
		worth += x.worth / float64(len(rows))
		for k, i := range x.at {
			mean[i] += x.value[k] / float64(len(rows))
		}
	}
	for _, x := range rows {
		for k, i := range x.at {
			r.target[i] += weight * x.value[k] * (x.worth - worth)
			for m, j := range x.at {
				r.square[i][j] += weight * x.value[k] * x.value[m]
			}
		}
	}
	for i, x := range mean {
		for j, y := range mean {
			r.square[i][j] -= weight * float64(len(rows)) * x * y
		}
	}
}

func (r *regression) add(o *regression) {
	for i := range r.square {
		r.target[i] += o.target[i]
		for j := range r.square[i] {
			r.square[i][j] += o.square[i][j]
		}
	}
}

// solve returns the weights by Gauss's elimination, which needs no pivot as the
// matrix is positive definite.
func (r *regression) solve(penalty []float64) []float64 {
	n := len(r.target)
	for i := range n {
		r.square[i][i] += penalty[i]
	}
	for i := range n {
		for j := i + 1; j < n; j++ {
			f := r.square[j][i] / r.square[i][i]
			if f == 0 {
				continue
			}
			for k := i; k < n; k++ {
				r.square[j][k] -= f * r.square[i][k]
			}
			r.target[j] -= f * r.target[i]
		}
	}
	w := make([]float64, n)
	for i := n - 1; i >= 0; i-- {
		w[i] = r.target[i]
		for j := i + 1; j < n; j++ {
			w[i] -= r.square[i][j] * w[j]
		}
		w[i] /= r.square[i][i]
	}
	return w
}

// TestRegression finds the weights that rows were made with. What all rows of an
// article have in common tells nothing.
func TestRegression(t *testing.T) {
	t.Parallel()
	r := newRegression(3)
	for article := range 20 {
		var rows []row
		for i := range 4 {
			x, y := float64(i*i%3), float64((i+article)%5)
			rows = append(rows, row{at: []int{0, 2}, value: []float64{x, y}, worth: 2*x - 3*y + float64(article)})
		}
		r.enter(rows, 1)
	}
	want := []float64{2, 0, -3}
	for i, w := range r.solve([]float64{1e-9, 1e-9, 1e-9}) {
		if math.Abs(w-want[i]) > 1e-6 {
			t.Errorf("weight %d = %f, want %f", i, w, want[i])
		}
	}
}
