// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import RetortTemplates
import Testing

@Suite struct MessageTests {
    private static let source = """
        {% trans user=u %}Hello {{ user }}, "100%"!{% endtrans %}
        {% for f in files if _("filter") %}{% trans "list" n=f.n %}one{% pluralize %}{{ n }} many{% endtrans %}{% endfor %}
        {% block b %}{{ pgettext("verb", "open")|upper ~ (gettext("a\\tb\\n\\\\c") if x else _("else")) }}{% endblock %}
        {% macro m(t=_("default")) %}{{ t }}{% endmacro %}{{ m(t=ngettext("file", "files", n)) }}
        {{ gettext(x) }}{{ gettext("a" ~ x) }}{{ npgettext("c", x, "y", 2) }}{{ _("") }}{{ other("no") }}
        {{ _("default") }}{{ npgettext("c", "x", "xs", 2) }}{{ gettext("file") }}
        """

    @Test func textsAreFoundWithTheirPlaces() throws {
        let template = try environment(["a.html": Self.source]).template("a.html")
        let found = try template.messages().map {
            [$0.context ?? "-", $0.id, $0.plural ?? "-", $0.places.joined()]
        }
        #expect(
            found == [
                ["-", "Hello %(user)s, \"100%%\"!", "-", "a.html:1"], ["-", "filter", "-", "a.html:2"],
                ["list", "one", "%(n)s many", "a.html:2"], ["verb", "open", "-", "a.html:3"],
                ["-", "a\tb\n\\c", "-", "a.html:3"], ["-", "else", "-", "a.html:3"], ["-", "default", "-", "a.html:4"],
                ["-", "file", "files", "a.html:4"], ["-", "default", "-", "a.html:6"], ["c", "x", "xs", "a.html:6"],
                ["-", "file", "-", "a.html:6"],
            ])
    }

    /// What a translator fills in is found again by the template.
    @Test func templatesOfCatalogsAreCatalogs() throws {
        let template = try environment(["a.html": Self.source]).template("a.html")
        let pot = CatalogTemplate.text(try template.messages())
        #expect(try Catalog(po: Array(pot.utf8)).messages.isEmpty)
        #expect(pot.contains("#: a.html:4\n#: a.html:6\nmsgid \"default\"\nmsgstr \"\"\n"))
        #expect(pot.contains("#, python-format\nmsgid \"Hello %(user)s, \\\"100%%\\\"!\"\nmsgstr \"\"\n"))
        let filled = pot.replacing("msgstr \"\"\n", with: "msgstr \"T\"\n").replacing("] \"\"", with: "] \"P\"")
            .replacing("nplurals=INTEGER; plural=EXPRESSION", with: "nplurals=2; plural=n != 1")
        let catalog = try Catalog(po: Array(filled.utf8))
        for message in try template.messages() {
            let plural = message.id == "file" ? "files" : message.plural
            let found = catalog.find(message.id, plural: plural, count: 2, context: message.context)
            #expect(found == (plural == nil ? "T" : "P"), "\(message)")
        }
    }

    @Test(.enabled(if: hasProgram("msgfmt")))
    func templatesOfCatalogsAreThoseOfGNU() throws {
        let pot = CatalogTemplate.text(try environment(["a": Self.source]).template("a").messages())
        let folder = try TemporaryFolder()
        let file = try folder.write("a.pot", Data(pot.utf8))
        try run("msgfmt", ["-o", folder.url.appending(path: "a.mo").path, file.path])
    }

    @Test func namesThatTemplatesAssignAreKnown() throws {
        let source = """
            {% for a, (b, c) in x %}{% set d, e = 1, 2 %}{% endfor %}{% macro f(g, h=1) %}{% set i %}{% endset %}{% endmacro %}
            {% import 'm' as j %}{% from 'm' import k as l, m %}{% with n=1 %}{% call(o) f() %}{% endcall %}{% endwith %}
            {% block p %}{% if q %}{% else %}{% set r = s %}{% endif %}{% endblock %}{% set t.u = 1 %}
            """
        let names = try environment(["a": source]).template("a").assignedNames().sorted()
        let asking = "{% if a is defined and b is not undefined %}{{ [c|default(1), d|d, e, f.g|default] }}{% endif %}"
        #expect(try environment(["a": asking]).template("a").optionalNames() == ["a", "b", "c", "d"])
        #expect(names == ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "l", "m", "n", "o", "r"])
    }
}
