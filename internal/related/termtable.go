package related

// termTable finds the place of a term among those of one article. It has many
// more slots than terms: nearly all terms that it is asked for are not there,
// and one look says so. Walking through two sorted lists side by side instead
// took four times as long, as no processor foresees which of two is next.
type termTable struct {
	slots []int16 // one more than the place; 0 for a free slot
	terms []term
	shift uint8
}

func newTermTable(terms []term) termTable {
	const bits, spare = 12, 16
	t := termTable{terms: terms, shift: 32 - bits}
	for len(terms)*spare > 1<<(32-t.shift) {
		t.shift--
	}
	t.slots = make([]int16, 1<<(32-t.shift))
	for i := range terms {
		at := t.slot(terms[i].id)
		for t.slots[at] != 0 {
			at = (at + 1) % uint32(len(t.slots))
		}
		t.slots[at] = int16(i + 1)
	}
	return t
}

func (t *termTable) slot(id TermID) uint32 { return uint32(id) * 0x9e3779b1 >> t.shift }

// find returns the place of a term, -1 when the article does not have it.
func (t *termTable) find(id TermID) int {
	for at := t.slot(id); ; at = (at + 1) % uint32(len(t.slots)) {
		i := int(t.slots[at]) - 1
		if i < 0 || t.terms[i].id == id {
			return i
		}
	}
}
