//go:build race

package pipeline_test

// underRace tells that the race detector slows everything down ten times.
const underRace = true
