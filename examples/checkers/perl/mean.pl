use strict;
my @values = (1, 2, 3);
my $sum = 0;
$sum += $_ for @values;
print $sum / $count;
