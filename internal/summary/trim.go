package summary

// fit returns sentence i as a piece that fits the budget: whole, or with words
// left out.
func (d *document) fit(i int, b budget, t *tally) (piece, bool) {
	s := &d.sentences[i]
	if s.flaws&(fragment|question|furniture|halfQuote) != 0 {
		return piece{}, false
	}
	if b.alone && s.flaws&(dangling|exclaimed) != 0 || s.size < b.shortest || s.size > b.longest {
		return piece{}, false
	}
	return d.whole(i), true
}
