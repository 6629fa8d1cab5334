package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// process is a server under measurement.
type process struct {
	command *exec.Cmd
	url     string
}

var address = regexp.MustCompile(`http://[0-9.:]+`)

// start runs a server and waits for the line that tells its address.
func start(ctx context.Context, environment []string, name string, args ...string) (*process, error) {
	p := &process{command: exec.CommandContext(ctx, name, args...)}
	p.command.Env = append(os.Environ(), environment...)
	p.command.Cancel = func() error { return p.command.Process.Signal(os.Interrupt) }
	p.command.WaitDelay = 10 * time.Second
	out, err := p.command.StdoutPipe()
	if err != nil {
		return nil, err
	}
	var log beginning
	p.command.Stderr = &log
	if err := p.command.Start(); err != nil {
		return nil, err
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if p.url = address.FindString(line); p.url == "" {
		p.stop()
		return nil, fmt.Errorf("%s did not start: %w\n%s", name, err, log.kept)
	}
	go io.Copy(io.Discard, out) //nolint:errcheck // ends with the process
	return p, nil
}

// beginning keeps the first lines that a server logs.
type beginning struct{ kept []byte }

// Write implements io.Writer.
func (b *beginning) Write(p []byte) (int, error) {
	const enough = 4 << 10
	if len(b.kept) < enough {
		b.kept = append(b.kept, p...)
	}
	return len(p), nil
}

func (p *process) stop() {
	_ = p.command.Process.Signal(os.Interrupt)
	_ = p.command.Wait() // its exit code is of no interest
}

// cpu is the time that all threads of the process have run so far.
func (p *process) cpu() (time.Duration, error) { return cpuOf(p.command.Process.Pid) }

// peak is the most memory the process has had resident, in bytes.
func (p *process) peak() (int64, error) {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.command.Process.Pid))
	if err != nil {
		return 0, err
	}
	for line := range strings.Lines(string(status)) {
		if rest, found := strings.CutPrefix(line, "VmHWM:"); found {
			n, err := strconv.ParseInt(strings.Fields(rest)[0], 10, 64)
			return n << 10, err
		}
	}
	return 0, fmt.Errorf("no VmHWM in the status of process %d", p.command.Process.Pid)
}

func run(ctx context.Context, name string, args ...string) error {
	command := exec.CommandContext(ctx, name, args...)
	command.Stdout, command.Stderr = os.Stderr, os.Stderr
	command.Cancel = func() error { return command.Process.Signal(syscall.SIGTERM) }
	return command.Run()
}
