/** Task of the apply script's Perl part that makes a tree of staged files and prepares their checkers, in one process. */
export const UNPACK = String.raw`
# MIME::Base64 is not essential. Letters of base64 and of unpack's "u" stand for the same six bits.
sub decoded {
  my ($text) = @_;
  $text =~ tr{A-Za-z0-9+/}{}cd;
  $text =~ tr{A-Za-z0-9+/}{ -_};
  my $content = '';
  while ($text =~ /(.{1,60})/gs) { $content .= unpack('u', chr(32 + int(length($1) * 3 / 4)) . $1) }
  return $content;
}

sub checked_secrets {
  my %values;
  for (@_) {
    my ($name, $value) = /^secret ([a-z0-9_]+) (.*)$/ or fail('a secret has an impossible name');
    $value =~ /^[A-Za-z0-9._-]*$/ or fail("the value of secret $name must be letters, digits, '.', '_' and '-'");
    length($value) >= 12 && length($value) <= 64 or fail("the value of secret $name must have 12 to 64 characters");
    $values{$name} = $value;
  }
  return \%values;
}

# The salt is drawn once for a host, so that the same value gives the same file again.
sub hashed {
  my $salt = "$state/salt";
  if (!-s $salt) {
    open(my $random, '<:raw', '/dev/urandom') or fail("cannot read /dev/urandom: $!");
    read($random, my $bytes, 8) == 8 or fail("cannot read /dev/urandom: $!");
    write_file('w', $salt, unpack('H*', $bytes));
  }
  return crypt($_[0], '$6$' . content_of($salt) . '$');
}

sub with_secrets {
  my ($file, $content, $values) = @_;
  return $content unless $content =~ /\@\@tandem-secret:/;
  my ($path, $mode) = @{$file}{qw(path mode)};
  my $clear = sub {
    my ($marker, $name, $crypt) = @_;
    my $value = $values->{$name};
    return !defined $value ? $marker : $crypt ? hashed($value) : $value;
  };
  $content =~ s/(\@\@tandem-secret:([a-z0-9_]+)(:crypt)?\@\@)/$clear->($1, $2, $3)/ge;
  fail("$path still needs $1, a secret that was not sent") if $content =~ /\@\@tandem-secret:([a-z0-9_]*)/;
  fail("$path holds a secret and its mode $mode lets everybody read it") unless $mode =~ /0$/;
  return $content;
}

sub make_path {
  my ($directory) = @_;
  return if -d $directory;
  make_path(dirname($directory));
  mkdir($directory) or fail("cannot make the folder $directory: $!");
}

sub package_of {
  my %packages = (openldap => 'slapd', cyrus => 'cyrus-common', postfix => 'postfix', postgres => 'postgresql');
  return $packages{$_[0]} ? "the package $packages{$_[0]}" : 'the package that creates it';
}

sub unpack_bundle {
  my ($upload, $deployment, $this_host) = @arguments;
  my ($script, $data) = split(/^#tandem-bundle\n/m, content_of($upload), 2);
  $data = '' unless defined $data;
  $data =~ /\nend\n\z/ or fail("$upload is cut off; run terraform apply again");
  my ($first, @lines) = split(/\n/, $data);
  my ($layout, $name, $host, $drbd) = $first =~ /^(bundle 1) (\S+) (\S+) (\S+)$/ or fail("$upload has an unknown layout");
  $name eq $deployment or fail("$upload is for deployment $name, not for $deployment");
  $root ne '' || $this_host eq $host
    or fail("these files are for host $host, but this machine calls itself $this_host; correct the address or the host name");
  make_path("$staged/root");
  # Without the values of secrets, which stay in memory.
  write_file('w', "$staged/apply", "$script#tandem-bundle\n");
  write_lines('w', "$staged/host", "$host $drbd");
  write_lines('w', "$staged/manifest", grep { /^(file|command) / } @lines);
  my %contents = map { /^content (\S+) ?(.*)$/ ? ($1 => $2) : () } @lines;
  my $secrets = checked_secrets(grep { /^secret / } @lines);
  my @files = records("$staged/manifest");
  for my $file (@files) {
    my ($path, $owner, $group) = @{$file}{qw(path owner group)};
    defined $contents{$path} or fail("$path has no content in the bundle");
    !-d "$root$path" or fail("$path is a directory on this host; move it away");
    my $user = getpwnam($owner);
    defined $user or fail("$path belongs to user $owner, who does not exist here; install " . package_of($owner));
    my $members = getgrnam($group);
    defined $members or fail("$path belongs to group $group, which does not exist here; install " . package_of($group));
    my $target = "$staged/root$path";
    make_path(dirname($target));
    write_file('wx', $target, with_secrets($file, decoded($contents{$path}), $secrets));
    chown($user, $members, $target) && chmod(oct($file->{mode}), $target) or fail("cannot give $path to $owner:$group: $!");
  }
  say_line("$host: " . @files . ' files staged');
  units() if grep { $_->{checker} eq 'systemd-analyze' } due();
}

sub is_program { $_[0]{mode} =~ /^0[1357]/ }

# Package upgrades replace programs.
sub stamp_of {
  my %programs = (postfix => 'postconf', cyrus => 'cyr_info', certificate => 'openssl', authorities => 'openssl');
  my $name = $programs{$_[0]} || $_[0];
  for my $directory (split(/:/, $ENV{PATH})) {
    my @about = stat("$directory/$name") or next;
    return join(',', @about[1, 7, 9, 10]);
  }
  return 'missing';
}

# Files that must be checked: those that were not accepted as they are, by the same checker and this script. Some
# checkers look at all of their files together. Gives their records.
sub due {
  my @files = grep { $_->{checker} ne '-' } records("$staged/manifest");
  my %hashes;
  open(my $hashes, '-|', 'sha256sum', '--', "$staged/apply", map { "$staged/root$_->{path}" } @files)
    or fail("cannot run sha256sum: $!");
  while (<$hashes>) { $hashes{$2} = $1 if /^(\S+)  (.*)$/ }
  close($hashes) or fail('sha256sum failed');
  my (%stamps, %lines, @accepted);
  my $programs = join(',', map { $_->{path} } grep { is_program($_) } records("$staged/manifest"));
  for my $file (@files) {
    my ($path, $checker) = @{$file}{qw(path checker)};
    $stamps{$checker} ||= stamp_of($checker);
    my $together = $checker =~ /^(postfix|cyrus|certificate|systemd-analyze)$/ ? $checker : $path;
    my @line = ($checker, $stamps{$checker}, $hashes{"$staged/apply"}, $path, $file->{mode}, $hashes{"$staged/root$path"});
    push @line, $programs if $checker eq 'systemd-analyze';
    push @{$lines{$together}}, join(' ', @line);
    $file->{together} = $together;
    push @accepted, $lines{$together}[-1];
  }
  my %known = map { $_ => 1 } lines_of("$state/accepted");
  my %all_known = map { my $name = $_; $name => !grep { !$known{$_} } @{$lines{$name}} } keys %lines;
  write_lines('w', "$staged/accepted", @accepted);
  my @due = grep { !$all_known{$_->{together}} } @files;
  write_lines('w', "$staged/due", map { $_->{line} } @due);
  return @due;
}

# Units name programs that come with them and are not in place yet: the copies name the staged ones. The unit of a
# drop-in, and one that another unit can not do without, may come from an init script that only a running system knows: a
# stand-in is there for it.
sub units {
  my $units = "$staged/units";
  my @files = records("$staged/manifest");
  my %staged_program = map { $_->{path} => "$staged/root$_->{path}" } grep { is_program($_) } @files;
  my %stand_ins = (service => "[Service]\nExecStart=/bin/true\n", timer => "[Timer]\nOnCalendar=daily\n",
    socket => "[Socket]\nListenStream=/run/tandem-check\n", target => "[Unit]\n");
  my @verify;
  mkdir($units) or fail("cannot make the folder $units: $!");
  for my $file (@files) {
    my $path = $file->{path};
    next unless $path =~ m{^/etc/systemd/system/} && ($path !~ m{/.*\.d/} || $file->{checker} eq 'systemd-analyze');
    my $content = content_of("$staged/root$path");
    $content =~ s{^(Exec\w*=[-\@:+!]*)(\S+)}{$1 . ($staged_program{$2} || $2)}gme;
    my ($unit, $shown) = ("$units/" . basename($path)) x 2;
    if ($path =~ m{\.(\w+)\.d/[^/]+\.conf$}) {
      my $stand_in = $stand_ins{$1} or fail("$path belongs to a unit of an unknown type");
      $unit = "$units/tandem-check-" . @verify . ".$1";
      $shown = "$unit.d";
      write_file('w', $unit, $stand_in);
      make_path($shown);
      write_file('w', "$shown/tandem-check.conf", $content);
    } else {
      write_file('w', $unit, $content);
    }
    push @verify, "$path $unit $shown" if $file->{checker} eq 'systemd-analyze';
    for ($content =~ /^(?:BindsTo|Requires|Requisite)=(.*)$/gm) {
      for (/([^\s]+)\.service/g) {
        write_file('wx', "$units/$_.service", $stand_ins{service}) if -e "$root/etc/init.d/$_" && !-e "$units/$_.service";
      }
    }
  }
  write_lines('w', "$units/list", @verify);
}
`;
