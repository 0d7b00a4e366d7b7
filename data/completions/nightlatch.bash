# SPDX-License-Identifier: GPL-3.0-or-later
complete -W '--help --help-all --help-gapplication --background --gapplication-service --version' nightlatch
