# Scores mails with SpamAssassin's local rules, one process for all of them: a line with a mail's length, then its bytes; answers its score and the rules it met.
use strict;
use warnings;
use Mail::SpamAssassin;

binmode STDIN;
$| = 1;
my $filter = Mail::SpamAssassin->new({
  local_tests_only => 1,
  dont_copy_prefs => 1,
  userprefs_filename => '/dev/null',
  home_dir_for_helpers => $ARGV[0],
  userstate_dir => $ARGV[0],
});
$filter->compile_now(0, 1);
print "ready\n";
while (defined(my $length = <STDIN>)) {
  my $raw = '';
  my $wanted = int $length;
  read(STDIN, $raw, $wanted - length $raw, length $raw) or last while length $raw < $wanted;
  my $mail = $filter->parse($raw);
  my $status = $filter->check($mail);
  printf "%s %s\n", $status->get_score(), $status->get_names_of_tests_hit() || '-';
  $status->finish();
  $mail->finish();
}
