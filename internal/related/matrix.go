package related

import (
	"math"

	"nutgraph/internal/parallel"
)

// matrix is a dense matrix, row by row.
type matrix struct {
	rows, columns int
	cells         []float64
}

func newMatrix(rows, columns int) matrix {
	return matrix{rows, columns, make([]float64, rows*columns)}
}

func (m matrix) row(i int) []float64 { return m.cells[i*m.columns : (i+1)*m.columns] }

// gramParts is into how many parts the sum over the rows is cut. It does not
// depend on the machine, so that rounding, and with it the result, is the same
// everywhere.
const gramParts = 8

// gram returns mᵀ·n, for two matrices of the same form.
func (m matrix) gram(n matrix) matrix {
	parts := parallel.Map(m.cut(gramParts), func(of rows) matrix {
		g := newMatrix(m.columns, n.columns)
		for i := of.from; i < of.to; i++ {
			other := n.row(i)
			for a, x := range m.row(i) {
				if x != 0 {
					axpy(x, other, g.row(a))
				}
			}
		}
		return g
	})
	for _, g := range parts[1:] {
		axpy(1, g.cells, parts[0].cells)
	}
	return parts[0]
}

// rows are some of the rows of a matrix.
type rows struct{ from, to int }

// cut divides the rows into n parts of about the same size.
func (m matrix) cut(n int) []rows {
	parts := make([]rows, n)
	for i := range parts {
		parts[i] = rows{i * m.rows / n, (i + 1) * m.rows / n}
	}
	return parts
}

// times returns m·n.
func (m matrix) times(n matrix) matrix {
	product := newMatrix(m.rows, n.columns)
	parallel.Map(m.cut(gramParts), func(of rows) struct{} {
		for i := of.from; i < of.to; i++ {
			out := product.row(i)
			for a, x := range m.row(i) {
				axpy(x, n.row(a), out)
			}
		}
		return struct{}{}
	})
	return product
}

// axpy adds a·x to y.
func axpy(a float64, x, y []float64) {
	y = y[:len(x)]
	for i, v := range x {
		y[i] += a * v
	}
}

// orthonormalise returns m with its columns made orthonormal, by Cholesky QR
// done a few times; twice is stable (Yamamoto and others, "Roundoff error
// analysis of the CholeskyQR2 algorithm", 2015), and once is enough where only
// overflow is to be kept away.
func (m matrix) orthonormalise(times int) matrix {
	for range times {
		lower := m.gram(m)
		lower.cholesky()
		m = m.times(lower.inverseTransposed())
	}
	return m
}

// cholesky replaces a positive matrix by its lower triangular factor. A
// column that depends on others gets a large pivot, and so vanishes.
func (m matrix) cholesky() {
	const tiny, huge = 1e-12, 1e30
	for i := range m.rows {
		for j := range i + 1 {
			sum := m.row(i)[j]
			for k := range j {
				sum -= m.row(i)[k] * m.row(j)[k]
			}
			switch {
			case i > j:
				m.row(i)[j] = sum / m.row(j)[j]
			case sum > tiny:
				m.row(i)[i] = math.Sqrt(sum)
			default:
				m.row(i)[i] = huge
			}
		}
	}
}

// inverseTransposed returns the transposed inverse of m, lower triangular.
func (m matrix) inverseTransposed() matrix {
	inverse := newMatrix(m.rows, m.rows)
	for j := range m.rows {
		b := inverse.row(j) // column j of the inverse
		b[j] = 1 / m.row(j)[j]
		for i := j + 1; i < m.rows; i++ {
			sum := 0.0
			for k := j; k < i; k++ {
				sum -= m.row(i)[k] * b[k]
			}
			b[i] = sum / m.row(i)[i]
		}
	}
	return inverse
}

// eigen returns the eigenvalues of a symmetric matrix and, as columns, its
// eigenvectors, by the cyclic Jacobi method (Golub and Van Loan, "Matrix
// Computations", §8.5). It destroys m.
func (m matrix) eigen() ([]float64, matrix) {
	const rounds = 10
	n := m.rows
	vectors := newMatrix(n, n)
	for i := range n {
		vectors.row(i)[i] = 1
	}
	for range rounds {
		for p := range n {
			for q := p + 1; q < n; q++ {
				m.rotate(vectors, p, q)
			}
		}
	}
	values := make([]float64, n)
	for i := range n {
		values[i] = m.row(i)[i]
	}
	return values, vectors
}

// rotate makes the cell at p, q zero.
func (m matrix) rotate(vectors matrix, p, q int) {
	const tiny = 1e-14
	apq := m.row(p)[q]
	if math.Abs(apq) < tiny {
		return
	}
	theta := (m.row(q)[q] - m.row(p)[p]) / (2 * apq)
	t := 1 / (math.Abs(theta) + math.Sqrt(theta*theta+1))
	if theta < 0 {
		t = -t
	}
	c := 1 / math.Sqrt(t*t+1)
	s := t * c
	for k := range m.rows {
		turn(m.row(k), p, q, c, s)
		turn(vectors.row(k), p, q, c, s)
	}
	rp, rq := m.row(p), m.row(q)
	for k := range rp {
		rp[k], rq[k] = c*rp[k]-s*rq[k], s*rp[k]+c*rq[k]
	}
}

func turn(row []float64, p, q int, c, s float64) {
	row[p], row[q] = c*row[p]-s*row[q], s*row[p]+c*row[q]
}
