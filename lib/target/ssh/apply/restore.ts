/** Tasks of the apply script's Perl part for the way back. */
export const RESTORE = String.raw`
sub remove_empty_directories { rmdir("$root$_") for reverse sort(lines_of($_[0])) }

# Nothing was renamed yet, so there is nothing to bring back.
sub discard {
  unlink(new_name($_->{path})) for records("$staged/changed");
  remove_empty_directories("$backup/directories");
}

# The backup keeps its name: a way back that is cut short is gone once more.
sub bring_back {
  my ($path) = @_;
  my ($new, $kept, $live) = (new_name($path), "$backup/root$path", "$root$path");
  unlink($new);
  return unlink($live) || !is_there($live) unless is_there($kept);
  my ($device, $number) = lstat($kept);
  my @live = lstat($live);
  return 1 if @live && $live[0] == $device && $live[1] == $number;
  return (link($kept, $new) || system('cp', '-a', '--', $kept, $new) == 0) && rename($new, $live);
}

# Prints what could not be brought back.
sub restore {
  my @lost = grep { !bring_back($_) } lines_of("$backup/touched");
  remove_empty_directories("$backup/directories");
  for my $name (qw(manifest bundle)) {
    if (-e "$backup/$name") {
      write_file('w', "$state/$name.new", content_of("$backup/$name"));
      rename("$state/$name.new", "$state/$name") or push @lost, $name;
    } else {
      unlink("$state/$name");
    }
  }
  to_disk($state, grep { -d } map { dirname("$root$_") } lines_of("$backup/touched"));
  print join(' ', @lost);
}

sub prune { remove_empty_directories("$state/directories") }
`;
