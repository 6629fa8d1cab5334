package main

import (
	"fmt"
	"time"

	"golang.org/x/sys/unix"
)

// cpuOf reads the CPU clock of another process: see clock_getcpuclockid(3),
// whose arithmetic this is.
func cpuOf(pid int) (time.Duration, error) {
	const scheduler = 2
	var t unix.Timespec
	if err := unix.ClockGettime(int32(^pid<<3|scheduler), &t); err != nil {
		return 0, fmt.Errorf("read the CPU clock of process %d: %w", pid, err)
	}
	return time.Duration(t.Nano()), nil
}
