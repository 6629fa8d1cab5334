package related

// termTable finds the places of terms in a list of some. It has many more slots
// than terms: nearly all that a list is asked for are not there, and one look
// says so. Walking through two sorted lists side by side instead took four times
// as long, as no processor foresees which of two terms is the next.
type termTable struct {
	slots []int32 // one more than the place; 0 for a free slot
	ids   []TermID
	shift uint8
}

func newTermTable(ids []TermID) termTable {
	const bits, spare = 12, 4
	t := termTable{ids: ids, shift: 32 - bits}
	for len(ids)*spare > 1<<(32-t.shift) {
		t.shift--
	}
	t.slots = make([]int32, 1<<(32-t.shift))
	for i, id := range ids {
		at := t.slot(id)
		for t.slots[at] != 0 {
			at = (at + 1) % uint32(len(t.slots))
		}
		t.slots[at] = int32(i + 1)
	}
	return t
}

func (t *termTable) slot(id TermID) uint32 { return uint32(id) * 0x9e3779b1 >> t.shift }

// find returns the place of a term, -1 when it is not in the list.
func (t *termTable) find(id TermID) int {
	for at := t.slot(id); ; at = (at + 1) % uint32(len(t.slots)) {
		i := int(t.slots[at]) - 1
		if i < 0 || t.ids[i] == id {
			return i
		}
	}
}
