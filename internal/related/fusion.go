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

// evidence is all that is known of a pair: the features, and what the corpora
// that the fusion is fitted to cannot tell about.
type evidence struct {
	features
	undated bool    // the distance in time is not known
	tags    float64 // shared ones; one that nobody else has counts one
	author  string  // a shared one
}

// How the parts of a score are put together, chosen on the development half of
// the corpora but for what editors say, of which they have nothing.
const (
	likenessSlope                  = 4 // of tf-idf and latent cosine together
	likenessUndated, likenessDated = -5.0, -6.5
	likenessMost                   = -2.5 // beyond, the fusion knows better: likeness alone makes a half of a score
	tagWeight                      = 4
	authorWeight                   = 0.25
	scoreSlope                     = 0.7
	scoreMiddle                    = -2.5 // a chance of eight in a hundred to be linked: the score is a half
)

// score is between zero and one. Below what the fusion calls likely enough to be
// linked, where it sees no difference, likeness of words and meaning decides.
// That agrees with people's judgement of pairs (lee: Pearson .69, Spearman .49;
// the fusion alone .30 and .12), and the ranking gains by it (orange .650 to
// .660, for each sixth query).
func (e *evidence) score() float64 { return e.scoreOf(learned.sum(&e.features)) }

// scoreOf is the score when the fusion of the features gives this sum.
func (e *evidence) scoreOf(sum float64) float64 {
	sum += tagWeight * e.tags
	if e.author != "" {
		sum += authorWeight
	}
	likeness := likenessSlope*(e.features[cosineAll]+e.features[semantic]) + likenessDated
	if e.undated {
		likeness += likenessUndated - likenessDated
	}
	chance := math.Log(math.Exp(sum) + math.Exp(min(likeness, likenessMost)))
	return 1 / (1 + math.Exp(-scoreSlope*(chance-scoreMiddle)))
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
