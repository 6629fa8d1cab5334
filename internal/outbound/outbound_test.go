package outbound_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"nutgraph/internal/outbound"
)

// get asks for an address and returns the status code.
func get(t *testing.T, client *http.Client, url string) (int, error) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	response, err := client.Do(request)
	if err != nil {
		return 0, err
	}
	return response.StatusCode, response.Body.Close()
}

func TestPrivateAddressesAreRefused(t *testing.T) {
	t.Parallel()
	client := outbound.Client(outbound.Options{Timeout: 5 * time.Second})
	for _, host := range []string{
		"127.0.0.1", "127.8.9.1", "localhost", "[::1]", "0.0.0.0", "[::]", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254",
		"100.64.0.1", "[fe80::1]", "[fc00::1]", "[::ffff:127.0.0.1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "224.0.0.1", "255.255.255.255",
	} {
		if _, err := get(t, client, "http://"+host+":9/"); !errors.Is(err, outbound.ErrPrivate) {
			t.Errorf("%s: %v, want ErrPrivate", host, err)
		}
	}
	for _, host := range []string{"2130706433", "0x7f000001", "0177.0.0.1"} { // names to Go, addresses elsewhere
		if _, err := get(t, client, "http://"+host+":9/"); err == nil {
			t.Errorf("%s was reached", host)
		}
	}
}

func TestRedirectsAreDialledTheSameWay(t *testing.T) {
	t.Parallel()
	here := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/go" {
			http.Redirect(w, r, "/there", http.StatusFound)
			return
		}
		w.WriteHeader(http.StatusTeapot)
	}))
	t.Cleanup(here.Close)
	for _, c := range []struct {
		name    string
		options outbound.Options
		want    int
		fails   error
	}{
		{"refused", outbound.Options{}, 0, outbound.ErrPrivate},
		{"followed", outbound.Options{AllowPrivate: true}, http.StatusTeapot, nil},
		{"an answer", outbound.Options{AllowPrivate: true, NoRedirects: true}, http.StatusFound, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			c.options.Timeout = 5 * time.Second
			code, err := get(t, outbound.Client(c.options), here.URL+"/go")
			if code != c.want || !errors.Is(err, c.fails) {
				t.Errorf("got %d, %v; want %d, %v", code, err, c.want, c.fails)
			}
		})
	}
}
