# SPDX-License-Identifier: GPL-3.0-or-later
complete -c nightlatch -f
complete -c nightlatch -s h -l help -d 'Show help options'
complete -c nightlatch -l help-all -d 'Show all help options'
complete -c nightlatch -l help-gapplication -d 'Show GApplication options'
complete -c nightlatch -l background -d 'Start without a window, and go on'
complete -c nightlatch -l gapplication-service -d 'Wait for others to want something, without a window'
complete -c nightlatch -l version -d 'Show the version'
