package main

import (
	"context"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestPlaygroundInBrowser opens the playground in Chromium, where its first
// example runs by itself, and looks for the answer on the page.
func TestPlaygroundInBrowser(t *testing.T) {
	t.Parallel()
	chromium, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip("chromium is not installed; .ci/run installs it")
	}
	s := serve(t, "--sample", "--db", filepath.Join(t.TempDir(), "nutgraph.db"))
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	dom, err := exec.CommandContext(ctx, chromium, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
		"--disable-background-networking", "--disable-component-update", "--disable-sync", "--user-data-dir="+t.TempDir(),
		"--virtual-time-budget=10000", "--dump-dom", s.url+"/playground").Output()
	if err != nil {
		t.Fatalf("chromium: %v", err)
	}
	for _, want := range []string{"HTTP 200", `"slug": "the-wall-is-shut"`, "<option>Search</option>"} {
		if !strings.Contains(string(dom), want) {
			t.Errorf("the playground does not show %q:\n%s", want, dom)
		}
	}
	s.stop(t, syscall.SIGTERM)
}
