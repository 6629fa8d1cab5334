//go:build !race

package summary

// underRace tells that the race detector slows everything down ten times.
const underRace = false
