package mean

import "fmt"

// Print prints a count.
func Print(count int) {
	fmt.Printf("%s values\n", count)
}
