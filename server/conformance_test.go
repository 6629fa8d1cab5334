package main

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

// TestConformance runs real clients against the server: conformance/NAME.mjs. Each is
// given the address of the server and the token of an administrator.
func TestConformance(t *testing.T) {
	t.Parallel()
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("node is not installed")
	}
	if _, err := os.Stat("conformance/node_modules"); err != nil {
		t.Skip("the clients are not installed; (cd server/conformance && npm ci), as .ci/run does")
	}
	scripts, err := filepath.Glob("conformance/*.mjs")
	if err != nil || len(scripts) == 0 {
		t.Fatalf("no scripts: %v", err)
	}
	archive := filepath.Join(t.TempDir(), "nutgraph.db")
	token := newToken(t, archive, "ADMIN")
	s := serve(t, "--sample", "--db", archive)
	for _, script := range scripts {
		t.Run(filepath.Base(script), func(t *testing.T) {
			ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
			defer cancel()
			out, err := exec.CommandContext(ctx, node, script, s.url, token).CombinedOutput()
			if err != nil {
				t.Errorf("%s: %v\n%s", script, err, out)
			}
			t.Logf("%s", out)
		})
	}
	s.stop(t, syscall.SIGTERM)
}
