module example.org/mean

go 1.19
