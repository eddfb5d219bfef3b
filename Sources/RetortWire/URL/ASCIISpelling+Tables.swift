// SPDX-FileCopyrightText: 2026 The Retort authors
// SPDX-License-Identifier: Apache-2.0

/// ASCII spellings of characters, as the compatibility decomposition of Unicode (NFKD) gives them.
///
/// The standard library has no public decomposition, and Foundation would bring all of ICU along. So the part that ends
/// in ASCII stands here: Latin letters with marks, ligatures, and the circled, raised, wide and mathematical forms.
///
/// A row begins with its first code point. In a row of single characters, each one stands for the next code point and
/// `·` for one that has no ASCII spelling; in a row of words, `|` parts the words.
///
/// Source: Unicode Character Database 14.0, UnicodeData.txt.
enum ASCIISpelling {
    /// One stretch of code points.
    struct Row: Sendable {
        let first: UInt32
        let text: StaticString

        init(_ first: UInt32, _ text: StaticString) {
            self.first = first
            self.text = text
        }
    }

    /// Characters that are other forms of ASCII ones, such as `ﬁ`, `²` and `Ⅳ`.
    static let forms: [Row] = [
        Row(0xA0, " ·········a·······23·····1o"),
        Row(0x17F, "s"),
        Row(0x2B0, "h·jr···wy"),
        Row(0x2E1, "lsx"),
        Row(0x37E, ";"),
        Row(0x1D2C, "A·B·DE·GHIJKLMN·O·PRTUWa···bde···g·km·o···ptu··v······iruv"),
        Row(0x1D9C, "c···f"),
        Row(0x1DBB, "z"),
        Row(0x1FEF, "`"),
        Row(0x2000, "           "),
        Row(0x2024, ".·········· "),
        Row(0x205F, " "),
        Row(0x2070, "0i··456789+·=()n0123456789+·=()·aeox·hklmnpst"),
        Row(0x2102, "C·······gHHHh·IILl·N···PQRRR······Z···Z·K·BC·eEF·Mo····i···········Ddeij"),
        Row(0x2160, "I···V····X··LCDMi···v····x··lcdm"),
        Row(0x2460, "123456789"),
        Row(0x24B6, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0"),
        Row(0x2C7C, "jV"),
        Row(0x3000, " "),
        Row(0xA7F2, "CFQ"),
        Row(0xFB29, "+"),
        Row(0xFE10, ",··:;!?"),
        Row(0xFE33, "__(){}"),
        Row(0xFE47, "[]····___,·.·;:?!·(){}··#&*+-<>=·\\$%@"),
        Row(0x107A5, "q"),
        Row(0x1F12B, "CR···ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
        Row(0x1FBF0, "0123456789"),
    ]

    /// Characters that are other forms of several ASCII ones.
    static let formsOfWords: [Row] = [
        Row(0x132, "IJ|ij"),
        Row(0x1C7, "LJ|Lj|lj|NJ|Nj|nj"),
        Row(0x1F1, "DZ|Dz|dz"),
        Row(0x2025, "..|..."),
        Row(0x203C, "!!"),
        Row(0x2047, "??|?!|!?"),
        Row(0x20A8, "Rs"),
        Row(0x2100, "a/c|a/s||||c/o|c/u"),
        Row(0x2116, "No"),
        Row(0x2120, "SM|TEL|TM"),
        Row(0x213B, "FAX"),
        Row(0x2161, "II|III|IV||VI|VII|VIII|IX||XI|XII"),
        Row(0x2171, "ii|iii|iv||vi|vii|viii|ix||xi|xii"),
        Row(0x2469, "10|11|12|13|14|15|16|17|18|19|20|(1)|(2)|(3)|(4)|(5)|(6)|(7)|(8)|(9)|(10)|(11)|(12)"),
        Row(0x2480, "(13)|(14)|(15)|(16)|(17)|(18)|(19)|(20)|1.|2.|3.|4.|5.|6.|7.|8.|9.|10.|11.|12.|13."),
        Row(0x2495, "14.|15.|16.|17.|18.|19.|20.|(a)|(b)|(c)|(d)|(e)|(f)|(g)|(h)|(i)|(j)|(k)|(l)|(m)|(n)"),
        Row(0x24AA, "(o)|(p)|(q)|(r)|(s)|(t)|(u)|(v)|(w)|(x)|(y)|(z)"),
        Row(0x2A74, "::=|==|==="),
        Row(0x3250, "PTE|21|22|23|24|25|26|27|28|29|30|31|32|33|34|35"),
        Row(0x32B1, "36|37|38|39|40|41|42|43|44|45|46|47|48|49|50"),
        Row(0x32CC, "Hg|erg|eV|LTD"),
        Row(0x3371, "hPa|da|AU|bar|oV|pc|dm|dm2|dm3|IU"),
        Row(0x3380, "pA|nA||mA|kA|KB|MB|GB|cal|kcal|pF|nF|||mg|kg|Hz|kHz|MHz|GHz|THz||ml|dl|kl|fm|nm||mm"),
        Row(0x339D, "cm|km|mm2|cm2|m2|km2|mm3|cm3|m3|km3|||Pa|kPa|MPa|GPa|rad|||ps|ns||ms|pV|nV||mV|kV"),
        Row(0x33B9, "MV|pW|nW||mW|kW|MW|||a.m.|Bq|cc|cd||Co.|dB|Gy|ha|HP|in|KK|KM|kt|lm|ln|log|lx|mb|mil"),
        Row(0x33D6, "mol|PH|p.m.|PPM|PR|sr|Sv|Wb"),
        Row(0x33FF, "gal"),
        Row(0xFB00, "ff|fi|fl|ffi|ffl|st|st"),
        Row(0xFE19, "..."),
        Row(0xFE30, ".."),
        Row(0x1F100, "0.|0,|1,|2,|3,|4,|5,|6,|7,|8,|9,"),
        Row(0x1F110, "(A)|(B)|(C)|(D)|(E)|(F)|(G)|(H)|(I)|(J)|(K)|(L)|(M)|(N)|(O)|(P)|(Q)|(R)|(S)|(T)|(U)"),
        Row(0x1F125, "(V)|(W)|(X)|(Y)|(Z)||||CD|WZ"),
        Row(0x1F14A, "HV|MV|SD|SS|PPV|WC"),
        Row(0x1F16A, "MC|MD|MR"),
        Row(0x1F190, "DJ"),
    ]

    /// What is left in ASCII of letters with marks, such as `e` of `é`.
    static let bases: [Row] = [
        Row(0xA8, " ······ ···· ··· ·······AAAAAA·CEEEEIIII·NOOOOO··UUUUY··aaaaaa·ceeeeiiii·nooooo··uuuuy·y"),
        Row(0x100, "AaAaAaCcCcCcCcDd··EeEeEeEeEeGgGgGgGgHh··IiIiIiIiI···JjKk·LlLlLlLl··NnNnNnn··OoOoOo··RrRr"),
        Row(0x158, "RrSsSsSsSsTtTt··UuUuUuUuUuUuWwYyYZzZzZz"),
        Row(0x1A0, "Oo"),
        Row(0x1AF, "Uu"),
        Row(0x1CD, "AaIiOoUuUuUuUuUu·AaAa····GgKkOoOo··j···Gg··NnAa····AaAaEeEeIiIiOoOoRrRrUuUuSsTt··Hh"),
        Row(0x226, "AaEeOoOoOoOoYy"),
        Row(0x2D8, "      "),
        Row(0x37A, " ·········  "),
        Row(0x1E00, "AaBbBbBbCcDdDdDdDdDdEeEeEeEeEeFfGgHhHhHhHhHhIiIiKkKkKkLlLlLlLlMmMmMmNnNnNnNnOoOoOoOoPpPp"),
        Row(0x1E58, "RrRrRrRrSsSsSsSsSsTtTtTtTtUuUuUuUuUuVvVvWwWwWwWwWwXxXxYyZzZzZzhtwyas····AaAaAaAaAaAaAaAa"),
        Row(0x1EB0, "AaAaAaAaEeEeEeEeEeEeEeEeIiIiOoOoOoOoOoOoOoOoOoOoOoOoUuUuUuUuUuUuUuYyYyYyYy"),
        Row(0x1FBD, " ·   ···········   "),
        Row(0x1FDD, "   "),
        Row(0x1FED, "  "),
        Row(0x1FFD, "  "),
        Row(0x2017, " "),
        Row(0x203E, " "),
        Row(0x2103, "C·····F"),
        Row(0x212B, "A"),
        Row(0x215F, "1"),
        Row(0x2260, "="),
        Row(0x226E, "<>"),
        Row(0x309B, "  "),
        Row(0x32C0, "123456789"),
        Row(0x3358, "0123456789"),
        Row(0x3382, "A·········Fg·······l·····m"),
        Row(0x33B2, "s···V·····W···kM"),
        Row(0x33E0, "123456789"),
        Row(0xFC5E, "      "),
        Row(0xFDFB, " "),
        Row(0xFE49, "    "),
        Row(0xFE70, " · · · · · · · "),
        Row(0xFFE3, " "),
        Row(0x1F12A, "S"),
    ]

    /// What is left in ASCII of signs that decompose into several characters.
    static let basesOfWords: [Row] = [
        Row(0xBC, "14|12|34"),
        Row(0x1C4, "DZ|Dz|dz"),
        Row(0x2150, "17|19|110|13|23|15|25|35|45|16|56|18|38|58|78"),
        Row(0x2189, "03"),
        Row(0x3200, "()|()|()|()|()|()|()|()|()|()|()|()|()|()|()|()|()|()|()|()|()|()|()|()|()|()|()"),
        Row(0x321B, "()|()|()|()||()|()|()|()|()|()|()|()|()|()|()|()|()|()|()|()|()|()|()|()|()|()|()"),
        Row(0x3237, "()|()|()|()|()|()|()|()|()|()|()|()|()"),
        Row(0x32C9, "10|11|12"),
        Row(0x3362, "10|11|12|13|14|15|16|17|18|19|20|21|22|23|24"),
        Row(0x33A7, "ms|ms2"),
        Row(0x33AE, "rads|rads2"),
        Row(0x33C6, "Ckg"),
        Row(0x33DE, "Vm|Am"),
        Row(0x33E9, "10|11|12|13|14|15|16|17|18|19|20|21|22|23|24|25|26|27|28|29|30|31"),
        Row(0xFDFA, "   "),
    ]
}
