package related_test

import (
	"bytes"
	"cmp"
	"flag"
	"fmt"
	"go/format"
	"maps"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"testing"

	"nutgraph/internal/related"
)

var fit = flag.Bool("fit", false, "fit the fusion to the corpora and write weights.go")

// shares says how much each set counts when the fusion is fitted. Links that
// journalists drew count most, being what the engine is for.
var shares = map[string]float64{"orange": 8, "reuters": 1.6, "agnews": 0.9, "multinews": 1.2, "ecbplus": 1.8, "fnc": 1.5}

// TestFit fits the fusion to each half of the queries and judges it on the
// other, which is the figure to believe, and with -fit writes the weights
// fitted to all of them.
func TestFit(t *testing.T) {
	if !*fit {
		t.Skip("fitting takes minutes; ask for it with -fit")
	}
	lists := candidateLists(t)
	for side := range uint32(2) {
		n := newNetwork(lists)
		n.train(slices.DeleteFunc(slices.Clone(lists), func(l *list) bool { return l.side == side }))
		n.calibrate(lists)
		for _, name := range slices.Sorted(maps.Keys(shares)) {
			t.Logf("half %d of %-10s %v", side, name, n.judge(lists, func(l *list) bool { return l.set == name && l.side == side }))
		}
	}
	n := newNetwork(lists)
	n.train(lists)
	n.calibrate(lists)
	if err := os.WriteFile("weights.go", n.source(t), 0o644); err != nil {
		t.Fatal(err)
	}
}

// list is a query with its candidates.
type list struct {
	set      string
	side     uint32
	keys     []int
	features [][related.FeatureCount]float64
	gains    []float64
	relevant map[int]float64
	ideal    float64
	taught   int // of the candidates that the network learns from, the first ones
}

func candidateLists(t *testing.T) []*list {
	var lists []*list
	indexes := map[string]*related.Index{} // the sets of one story share one
	indexed := map[string][]*related.Profile{}
	for _, s := range allSets(t) {
		key := s.articles[0].ID
		if indexes[key] == nil {
			indexes[key], indexed[key] = index(&s)
		}
		for i, q := range s.queries {
			lists = append(lists, listOf(&s, indexes[key], indexed[key], i, q))
		}
	}
	return lists
}

// beyond is how many articles from behind the candidates the network learns
// from besides, where hundreds are relevant: it has to order those as well.
const beyond = 50

func listOf(s *set, x *related.Index, profiles []*related.Profile, i int, q query) *list {
	p := profiles[q.place]
	found := candidates(x, p, len(profiles), s.past)
	taught := min(len(found), related.Pool)
	if s.hundreds {
		rest := found[taught:]
		rand.New(rand.NewPCG(9, uint64(i))).Shuffle(len(rest), func(i, j int) { rest[i], rest[j] = rest[j], rest[i] })
		taught = min(len(found), taught+beyond)
	} else {
		found = found[:taught]
	}
	l := &list{
		set: s.name, side: s.side(i), keys: keys(found), features: related.FeaturesOf(x, p, found),
		relevant: q.relevant, ideal: ideal(q.relevant), taught: taught,
	}
	for _, key := range l.keys {
		l.gains = append(l.gains, q.relevant[key])
	}
	return l
}

// network is the fusion while it is fitted: a linear part and hidden units of
// hyperbolic tangents over standardised features, in one slice of weights:
// first the linear ones, then for each unit its weights, bias and output.
type network struct {
	mean, deviation [related.FeatureCount]float64
	weights         []float64
	bias, slope     float64 // from the sum of the network to a probability
}

const unitSize = related.FeatureCount + 2

func newNetwork(lists []*list) *network {
	n := &network{weights: make([]float64, related.FeatureCount+related.Hidden*unitSize), slope: 1}
	count := 0.0
	for _, l := range lists {
		for _, f := range l.features[:l.taught] {
			for i, x := range f {
				n.mean[i] += x
				n.deviation[i] += x * x
			}
			count++
		}
	}
	for i := range n.mean {
		n.mean[i] /= count
		n.deviation[i] = math.Sqrt(n.deviation[i]/count - n.mean[i]*n.mean[i])
	}
	random := rand.New(rand.NewPCG(7, 7))
	for i := related.FeatureCount; i < len(n.weights); i++ {
		n.weights[i] = random.NormFloat64() * 0.2
	}
	return n
}

// sum is what the network says of a pair; it also leaves the standardised
// features and the states of the units behind.
func (n *network) sum(f *[related.FeatureCount]float64, z *[related.FeatureCount]float64, states *[related.Hidden]float64) float64 {
	sum := 0.0
	for i := range f {
		z[i] = (f[i] - n.mean[i]) / n.deviation[i]
		sum += n.weights[i] * z[i]
	}
	for h := range states {
		u := n.unit(n.weights, h)
		a := u[related.FeatureCount]
		for i := range z {
			a += u[i] * z[i]
		}
		states[h] = math.Tanh(a)
		sum += u[related.FeatureCount+1] * states[h]
	}
	return sum
}

func (n *network) unit(weights []float64, h int) []float64 {
	return weights[related.FeatureCount+h*unitSize:][:unitSize]
}

// train descends along the gradients of LambdaRank (Burges, "From RankNet to
// LambdaRank to LambdaMART", 2010) with Adam (Kingma and Ba, 2015).
func (n *network) train(lists []*list) {
	const rounds, batch, rate = 30, 32, 0.02
	sizes := map[string]float64{}
	for _, l := range lists {
		sizes[l.set]++
	}
	lists = slices.Clone(lists)
	random := rand.New(rand.NewPCG(8, 8))
	adam := newAdam(len(n.weights))
	gradient := make([]float64, len(n.weights))
	for round := range rounds {
		random.Shuffle(len(lists), func(i, j int) { lists[i], lists[j] = lists[j], lists[i] })
		for chunk := range slices.Chunk(lists, batch) {
			clear(gradient)
			for _, l := range chunk {
				n.learn(l, shares[l.set]/sizes[l.set]*float64(len(lists))/batch, gradient)
			}
			adam.step(n.weights, gradient, rate*(1-float64(round)/rounds))
		}
	}
}

// learn adds the gradient of one list.
func (n *network) learn(l *list, share float64, gradient []float64) {
	var z [related.FeatureCount]float64
	var states [related.Hidden]float64
	sums := make([]float64, l.taught)
	for i := range sums {
		sums[i] = n.sum(&l.features[i], &z, &states)
	}
	for i, lambda := range lambdas(sums, l.gains, l.ideal) {
		if lambda == 0 {
			continue
		}
		lambda *= share
		n.sum(&l.features[i], &z, &states)
		for j := range z {
			gradient[j] += lambda * z[j]
		}
		for h, state := range states {
			g, out := n.unit(gradient, h), n.unit(n.weights, h)[related.FeatureCount+1]
			g[related.FeatureCount+1] += lambda * state
			inner := lambda * out * (1 - state*state)
			g[related.FeatureCount] += inner
			for j := range z {
				g[j] += inner * z[j]
			}
		}
	}
}

// lambdas says for each candidate how much its score should fall.
func lambdas(sums, gains []float64, ideal float64) []float64 {
	const head = 20 // pairs with a candidate among the first so many count
	order := ranked(sums)
	discount := make([]float64, len(sums))
	for rank, i := range order {
		discount[i] = 1 / math.Log2(float64(rank+2))
		if rank >= 10 {
			discount[i] /= 4
		}
	}
	lambda := make([]float64, len(sums))
	for rank, i := range order[:min(len(order), head)] {
		for _, j := range order[rank+1:] {
			if gains[i] == gains[j] {
				continue
			}
			high, low := i, j
			if gains[j] > gains[i] {
				high, low = j, i
			}
			d := math.Abs(discount[i]-discount[j]) * (gains[high] - gains[low]) / ideal / (1 + math.Exp(sums[high]-sums[low]))
			lambda[high] -= d
			lambda[low] += d
		}
	}
	return lambda
}

func ranked(sums []float64) []int {
	order := make([]int, len(sums))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(sums[j], sums[i]) })
	return order
}

// judge measures the scores that the network gives, over some of the lists.
func (n *network) judge(lists []*list, keep func(*list) bool) measures {
	var z [related.FeatureCount]float64
	var states [related.Hidden]float64
	var all []measures
	for _, l := range lists {
		if !keep(l) {
			continue
		}
		scores := make([]float64, len(l.features))
		for i := range scores {
			scores[i] = related.ScoreOf(n.bias+n.slope*n.sum(&l.features[i], &z, &states), &l.features[i])
		}
		var ranking []int
		for _, i := range ranked(scores) {
			ranking = append(ranking, l.keys[i])
		}
		all = append(all, measure(ranking, l.relevant))
	}
	return mean(all, func(int) bool { return true })
}

// calibrate makes scores probabilities: that a journalist linked the two, or
// that both tell of one event. Logistic regression on one number (Platt,
// "Probabilistic outputs for support vector machines", 1999).
func (n *network) calibrate(lists []*list) {
	var z [related.FeatureCount]float64
	var states [related.Hidden]float64
	var sums, truths []float64
	for _, l := range lists {
		if l.set == "reuters" || l.set == "agnews" {
			continue
		}
		for i := range l.features {
			sums = append(sums, n.sum(&l.features[i], &z, &states))
			truths = append(truths, min(l.gains[i], 1))
		}
	}
	adam := newAdam(2)
	w := []float64{0, 1}
	for range 300 {
		gradient := make([]float64, 2)
		for i, sum := range sums {
			d := 1/(1+math.Exp(-w[0]-w[1]*sum)) - truths[i]
			gradient[0] += d
			gradient[1] += d * sum
		}
		adam.step(w, gradient, 0.05)
	}
	n.bias, n.slope = w[0], w[1]
}

// adam keeps the state of the optimiser.
type adam struct {
	mean, square []float64
	steps        float64
}

func newAdam(n int) *adam { return &adam{mean: make([]float64, n), square: make([]float64, n)} }

func (a *adam) step(weights, gradient []float64, rate float64) {
	const decay, b1, b2 = 1e-3, 0.9, 0.999
	a.steps++
	for i, g := range gradient {
		g += decay * weights[i]
		a.mean[i] = b1*a.mean[i] + (1-b1)*g
		a.square[i] = b2*a.square[i] + (1-b2)*g*g
		m, s := a.mean[i]/(1-math.Pow(b1, a.steps)), a.square[i]/(1-math.Pow(b2, a.steps))
		weights[i] -= rate * m / (math.Sqrt(s) + 1e-8)
	}
}

// source writes the network as Go, for features that are not standardised.
func (n *network) source(t *testing.T) []byte {
	bias, linear := n.bias, make([]float64, related.FeatureCount)
	for i := range linear {
		linear[i] = n.slope * n.weights[i] / n.deviation[i]
		bias -= linear[i] * n.mean[i]
	}
	var b bytes.Buffer
	b.WriteString("// Code generated by `go test -run Fit -fit`; DO NOT EDIT.\n\npackage related\n\nvar learned = fusion{\n")
	fmt.Fprintf(&b, "bias: %.5g,\nlinear: features{%s},\nunits: [hidden]unit{\n", bias, numbers(linear))
	for h := range related.Hidden {
		u := n.unit(n.weights, h)
		inner, in := u[related.FeatureCount], make([]float64, related.FeatureCount)
		for i := range in {
			in[i] = u[i] / n.deviation[i]
			inner -= in[i] * n.mean[i]
		}
		fmt.Fprintf(&b, "{bias: %.5g, out: %.5g, in: features{%s}},\n", inner, n.slope*u[related.FeatureCount+1], numbers(in))
	}
	b.WriteString("},\n}\n")
	source, err := format.Source(b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	return source
}

func numbers(list []float64) string {
	var b bytes.Buffer
	for i, x := range list {
		if i > 0 {
			b.WriteString(", ")
		}
		fmt.Fprintf(&b, "%.5g", x)
	}
	return b.String()
}
