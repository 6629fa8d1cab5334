package graph

import (
	"bytes"
	"context"
	"encoding/json"
)

// Rate is what a client may still ask for.
type Rate struct {
	Limit     int `json:"limit"`     // what its operations may cost in a minute
	Remaining int `json:"remaining"` // of it, now
	Reset     int `json:"reset"`     // seconds until all of it is there again
}

// What is charged beside the cost of operations, so that who sends what is refused
// uses up an allowance, too. Measured, like the cost of a field: one is worth some
// four microseconds of the processor.
const (
	requestCost       = 1    // every request, also one that is refused
	bytesPerCost      = 100  // of a body, which is decoded
	sentBytesPerCost  = 400  // of an answer, which is compressed and sent
	newBytesPerCost   = 10   // of a text that is not among those that are kept parsed
	introspectionCost = 3000 // of __schema, of which nearly every query asks for all
)

// charge tells whether an operation may run.
func (r *Request) charge(cost int) bool {
	if r.Charge == nil {
		return true
	}
	var allowed bool
	r.rate, allowed = r.Charge(cost)
	return allowed
}

// Heavy tells whether the client has asked for much of late: more than a hundredth
// of what it may in a minute, which grows back in less than a second.
func (r Rate) Heavy() bool { return r.Remaining < r.Limit-r.Limit/100 }

// charged refuses a client that has used up its allowance.
func charged(ctx context.Context, cost int) *refusal {
	if !RequestOf(ctx).charge(cost) {
		return usedUp()
	}
	return nil
}

// endOfCost is how an answer ends that tells its cost: in extensions.cost.
var endOfCost = []byte("}}}")

// withRate writes into extensions.cost what the client may still ask for. That is
// no part of the answer as it is kept, which is the same for everybody.
func (r *Request) withRate(answer []byte) []byte {
	if r.Charge == nil || r.Cost == 0 || !bytes.HasSuffix(answer, endOfCost) {
		return answer
	}
	state, err := json.Marshal(r.rate)
	if err != nil {
		panic(err) // three numbers
	}
	told := make([]byte, 0, len(answer)+len(`,"rate":`)+len(state))
	told = append(told, answer[:len(answer)-len(endOfCost)]...)
	told = append(told, `,"rate":`...)
	told = append(told, state...)
	return append(told, endOfCost...)
}
