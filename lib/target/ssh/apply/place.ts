/** Tasks of the apply script's Perl part that put files in place. */
export const PLACE = String.raw`
sub in_place {
  my ($file) = @_;
  my @live = lstat("$root$file->{path}") or return 0;
  return 0 unless -f _;
  my @new = stat("$staged/root$file->{path}");
  # Mode, owner, group, size.
  for my $field (2, 4, 5, 7) { return 0 unless $live[$field] == $new[$field] }
  return content_of("$root$file->{path}") eq content_of("$staged/root$file->{path}");
}

# Parents that are missing, made readable for all as packages make them, and remembered for the way back.
sub make_parents {
  my ($directory) = @_;
  return if -d "$root$directory";
  make_parents(dirname($directory));
  write_lines('a', "$backup/directories", $directory);
  mkdir("$root$directory") && chmod(0755, "$root$directory") or fail("cannot make the folder $directory: $!");
}

# A second name for the old file costs no space and keeps everything about it.
sub keep_old {
  my ($path) = @_;
  if (is_there("$root$path")) {
    make_path(dirname("$backup/root$path"));
    link("$root$path", "$backup/root$path")
      or system('cp', '-a', '--', "$root$path", "$backup/root$path") == 0
      or fail("cannot keep the old $path");
  }
  write_lines('a', "$backup/touched", $path);
}

sub copy_beside {
  my ($path) = @_;
  my ($from, $to) = ("$staged/root$path", new_name($path));
  make_parents(dirname($path));
  unlink($to);
  write_file('wx', $to, content_of($from));
  my @about = stat($from);
  chown(@about[4, 5], $to) && chmod($about[2] & 07777, $to) or fail("cannot give $path its owner: $!");
}

sub activation_of {
  my ($file) = @_;
  return $file->{activation} eq 'command' ? "command $file->{path} $file->{command}" : $file->{activation};
}

# The command of a file that went away would look for the file, and its unit is disabled before.
sub activation_of_removed {
  my ($file) = @_;
  return $file->{activation} =~ /^enable:/ ? 'daemon-reload' : $file->{activation} eq 'command' ? '-' : $file->{activation};
}

# Everything that can run out of space: what is left for later are renames. A backup that nobody confirmed is added to,
# so that the way back leads to what was confirmed.
sub prepare {
  my @wanted = records("$staged/manifest");
  my %wanted = map { $_->{path} => 1 } @wanted;
  my @changed = grep { !in_place($_) } @wanted;
  my @removed = grep { !$wanted{$_->{path}} && is_there("$root$_->{path}") } records("$state/manifest");
  write_lines('w', "$staged/changed", map { $_->{line} } @changed);
  write_lines('w', "$staged/removed", map { $_->{line} } @removed);
  write_file('w', "$state/$_.new", content_of("$staged/$_")) for qw(manifest id);
  return unless @changed || @removed;
  if (!-e "$backup/open") {
    system('rm', '-rf', '--', $backup) == 0 && mkdir($backup) or fail("cannot make the folder $backup: $!");
    for my $name (qw(manifest bundle)) { write_file('w', "$backup/$name", content_of("$state/$name")) if -e "$state/$name" }
    write_file('w', "$backup/$_", '') for qw(touched directories);
  }
  my %kept = map { $_ => 1 } lines_of("$backup/touched");
  for my $file (@changed, @removed) { keep_old($file->{path}) unless $kept{$file->{path}} }
  copy_beside($_->{path}) for @changed;
  write_file('w', "$backup/open", '');
  # Written before the first rename: a run that is cut short is finished by the next one.
  my @activations = ((map { activation_of($_) } @changed), (map { activation_of_removed($_) } @removed));
  write_lines('a', "$state/pending", grep { $_ ne '-' } @activations);
  to_disk($backup, map { new_name($_->{path}) } @changed);
}

sub place {
  my @changed = records("$staged/changed");
  my @removed = records("$staged/removed");
  for my $path (map { $_->{path} } @removed) {
    unlink("$root$path") or fail("cannot remove $path: $!");
    say_line("removed $path");
  }
  for my $path (map { $_->{path} } @changed) {
    rename(new_name($path), "$root$path") or fail("cannot put $path in place: $!");
    say_line("changed $path");
  }
  if (@changed || @removed) {
    write_lines('a', "$state/directories", lines_of("$backup/directories"));
    to_disk($state, grep { -d } map { dirname("$root$_->{path}") } @changed, @removed);
  }
  rename("$state/manifest.new", "$state/manifest") && rename("$state/id.new", "$state/bundle")
    or fail("cannot note what is in place: $!");
  my $unchanged = records("$staged/manifest") - @changed;
  say_line(@changed . ' changed, ' . @removed . " removed, $unchanged unchanged");
}

# One process for both, unless a unit goes away: systemd forgets it before its file is removed.
sub commit {
  prepare();
  place() unless grep { $_->{activation} =~ /^enable:/ } records("$staged/removed");
}
`;
