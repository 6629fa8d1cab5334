package related

import "math"

// hidden is how many units the fusion has between features and score.
const hidden = 8

// fusion turns features into a score: a linear part and a few units that let
// one feature decide how much another counts, for example nearness in time
// less where the texts agree word for word. Its weights are in weights.go;
// `go test ./internal/related -run Fit -fit` makes them anew from the corpora.
type fusion struct {
	bias   float64
	linear features
	units  [hidden]unit
}

// unit is one hidden unit.
type unit struct {
	bias, out float64
	in        features
}

// score is between zero and one.
func (f *features) score() float64 {
	return 1 / (1 + math.Exp(-learned.sum(f)))
}

func (w *fusion) sum(f *features) float64 {
	sum := w.bias + dot(&w.linear, f)
	for i := range w.units {
		u := &w.units[i]
		sum += u.out * math.Tanh(u.bias+dot(&u.in, f))
	}
	return sum
}

func dot(a, b *features) float64 {
	sum := 0.0
	for i, x := range a {
		sum += x * b[i]
	}
	return sum
}
