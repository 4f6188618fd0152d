# shellcheck shell=bash
# What the shell tests of this suite share: one line of TAP a result.
#
# SPDX-License-Identifier: ISC
number=0

# result HAVE WANT WHAT
result() {
	number=$((number + 1))
	if [ "$1" = "$2" ]; then
		echo "ok $number - $3"
	else
		echo "not ok $number - $3"
		echo "#   have: $1"
		echo "#   want: $2"
	fi
}
