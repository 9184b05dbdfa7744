import { PLACE } from './place';
import { RESTORE } from './restore';
import { UNPACK } from './unpack';

/**
 * Work on files, in Perl: on a host where a process takes long to start, a few commands for each file are most of the
 * time of an apply. Only what Debian's essential package perl-base has.
 */
const COMMON = String.raw`
use strict;
use warnings;
use Fcntl qw(O_CREAT O_EXCL O_WRONLY);
use File::Basename qw(basename dirname);

my ($root, $state, $task, @arguments) = @ARGV;
my ($staged, $backup) = ("$state/staged", "$state/backup");
$| = 1;

sub say_line { print "tandem: @_\n" }

sub fail {
  print STDERR "tandem: ERROR: @_\n";
  exit 1;
}

sub is_there { lstat($_[0]) ? 1 : 0 }

sub content_of {
  my ($path) = @_;
  open(my $file, '<:raw', $path) or fail("cannot read $path: $!");
  local $/;
  my $content = <$file>;
  return defined $content ? $content : '';
}

sub lines_of { -e $_[0] ? split(/\n/, content_of($_[0])) : () }

# With "wx" a new file, which nobody but root can open; with "w" and "a" a list of this deployment.
sub write_file {
  my ($how, $path, $content) = @_;
  my $file;
  my $opened = $how eq 'wx' ? sysopen($file, $path, O_WRONLY | O_CREAT | O_EXCL, 0600)
    : open($file, $how eq 'a' ? '>>:raw' : '>:raw', $path);
  $opened && (print {$file} $content) && close($file) or fail("cannot write $path: $!");
}

sub write_lines {
  my ($how, $path, @lines) = @_;
  write_file($how, $path, join('', map { "$_\n" } @lines));
}

# Lines "file PATH MODE OWNER GROUP CHECKER ACTIVATION", each with its line "command PATH TEXT" where it has one.
sub records {
  my @records;
  for my $line (lines_of($_[0])) {
    if ($line =~ /^file /) {
      my %record = (line => $line);
      @record{qw(kind path mode owner group checker activation)} = split(/ /, $line);
      push @records, \%record;
    } elsif ($line =~ /^command \S+ (.+)/) {
      $records[-1]{command} = $1;
    }
  }
  return @records;
}

# One call for each file system, with the directories of all files that were written.
sub to_disk {
  my %on;
  $on{(stat $_)[0]} = $_ for @_;
  system('sync', '-f', '--', values %on) == 0 or fail('cannot write to the disk');
}

sub new_name { dirname("$root$_[0]") . '/.tandem-new.' . basename($_[0]) }
`;

const DISPATCH = String.raw`
my %tasks = (unpack => \&unpack_bundle, commit => \&commit, place => \&place, discard => \&discard,
  restore => \&restore, prune => \&prune);
$tasks{$task}->();
`;

/** The function `files` of the apply script. */
export const FILES = `
files() { # TASK ARGUMENT...
  perl - "$root" "$state" "$@" <<'PERL'
${(COMMON + UNPACK + PLACE + RESTORE + DISPATCH).trim()}
PERL
}
`;
