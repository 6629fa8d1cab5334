//go:build !race

package summary_test

// underRace tells that the race detector slows everything down ten times.
const underRace = false
