# SPDX-License-Identifier: GPL-3.0-or-later
# Completion for bash. What may follow is asked of nightlatchctl itself; here it is only fitted in, and quoted.

_nightlatchctl()
{
    local line=${COMP_LINE:0:COMP_POINT} words=() word='' before='' quote='' in_word='' char i

    # Words as the shell will see them, and how much of the last one Readline leaves alone: up to an open quote or a break
    for ((i = 0; i < ${#line}; i++)); do
        char=${line:i:1}
        if [[ $quote == "'" && $char == "'" || $quote == '"' && $char == '"' ]]; then
            quote=''
        elif [[ $quote == "'" ]]; then
            word+=$char
        elif [[ $char == \\ && ($quote != '"' || ${line:i+1:1} == ["\\\"\$\`"]) ]]; then
            i=$((i + 1))
            word+=${line:i:1} in_word=1
        elif [[ $quote ]]; then
            word+=$char
        elif [[ $char == [\'\"] ]]; then
            quote=$char before=$word in_word=1
        elif [[ $char == [[:space:]] ]]; then
            [[ ! $in_word ]] || words+=("$word")
            word='' before='' in_word=''
        else
            word+=$char in_word=1
            [[ $char != [=:] || $COMP_WORDBREAKS != *$char* ]] || before=$word
        fi
    done
    while ((${#words[@]} > 0)) && [[ ${words[0]} != "$1" && ${words[0]} != */"${1##*/}" ]]; do
        words=("${words[@]:1}")
    done

    local value description begin lines=() values=()
    mapfile -t lines < <("${1/#\~\//$HOME/}" complete -- "${words[@]:1}" "$word")

    # By what was typed to the letter, else whatever its case
    for line in "${lines[@]}"; do
        value=${line%%$'\t'*} description=${line#*$'\t'}
        if [[ ! $value && $description == files ]]; then
            compopt -o filenames
            mapfile -t COMPREPLY < <(compgen -f -- "${word#"$before"}")
            return
        fi
        [[ ${value:0:${#word}} != "$word" ]] || values+=("$value")
    done
    if ((${#values[@]} == 0)); then
        for line in "${lines[@]}"; do
            value=${line%%$'\t'*} begin=${value:0:${#word}}
            [[ ${begin,,} != "${word,,}" ]] || values+=("$value")
        done
    fi

    COMPREPLY=()
    for value in "${values[@]}"; do
        value=${value:${#before}}
        case $quote in
            "'") value=${value//\'/"'\\''"} ;;
            '"') value=${value//\\/\\\\} value=${value//\"/\\\"} value=${value//\$/\\\$} value=${value//\`/\\\`} ;;
            *) printf -v value %q "$value" ;;
        esac
        COMPREPLY+=("$value")
    done
    [[ ${#COMPREPLY[@]} != 1 || ${COMPREPLY[0]} != *= ]] || compopt -o nospace
} &&
    complete -F _nightlatchctl nightlatchctl
