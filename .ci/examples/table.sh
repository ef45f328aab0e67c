# The table in docs/CLIENTS.md, from the results. Needs cells.sh.
# shellcheck shell=bash

# rows: the table's lines, a client's two beside each other.
rows() {
    awk -F'|' '
        !($1 in seen) { seen[$1] = 1; order[++clients] = $1 }
        { cell[$1, $3, $4] = $5; if ($2 != "") version[$1] = $2 }
        END {
            split("invoke|stream|converse|converse stream|error|ARN id", column, "|")
            split("http https", schemes, " ")
            for (i = 1; i <= clients; i++)
                for (s = 1; s <= 2; s++) {
                    row = "| " order[i] " | " version[order[i]] " | " schemes[s] " |"
                    for (c = 1; c <= 6; c++) {
                        what = cell[order[i], schemes[s], column[c]]
                        row = row " " (what == "" ? "-" : what) " |"
                    }
                    print row
                }
        }' "$results"
}

table() {
    printf 'Run on %s with Node %s and Java %s.\n\n' "$(date -u +%Y-%m-%d)" \
        "$(node --version 2>/dev/null || echo none)" "$(java -version 2>&1 | sed -n '1s/.*"\(.*\)".*/\1/p')"
    echo '| client | version | | invoke | stream | converse | converse stream | error | ARN id |'
    echo '| --- | --- | --- | --- | --- | --- | --- | --- | --- |'
    rows
}

# write_table FILE: between its two marks.
write_table() {
    table >"$work/table"
    awk -v table="$work/table" '
        /<!-- table: begin/ { print; print ""; while ((getline text < table) > 0) print text; print ""; skip = 1 }
        /<!-- table: end/ { skip = 0 }
        !skip { if (!/<!-- table: begin/) print }' "$1" >"$work/written"
    cat "$work/written" >"$1"
}

# compare_table FILE: what ran here must stand there; versions and what did not run here may differ.
compare_table() {
    local row differs=0
    while IFS= read -r row; do
        case $row in
            *'not run'*) ;;
            *)
                grep '^| ' "$1" | cut -d '|' -f 2,4- | grep -qxF -- "$(cut -d '|' -f 2,4- <<<"$row")" || {
                    echo "not in $1: $row"
                    differs=1
                }
                ;;
        esac
    done < <(rows)
    return $differs
}
