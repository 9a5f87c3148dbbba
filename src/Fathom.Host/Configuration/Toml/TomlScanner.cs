using System.Globalization;
using System.Text;
using Fathom.Domain;

namespace Fathom.Host.Configuration.Toml;

/// <summary>The characters of a TOML text with their positions: blanks, comments, line ends, keys and strings. Knows no structure.</summary>
internal sealed class TomlScanner(string text, ValueOrigin source)
{
    private const int EndOfText = -1;

    private int _at;
    private int _line = 1;
    private int _lineStart;

    public bool IsAtEnd => _at == text.Length;

    /// <summary>Where the next character stands. Only files have lines; other sources name themselves.</summary>
    public ValueOrigin Here => source.Layer == ValueLayer.File ? source with { Line = _line, Column = _at - _lineStart + 1 } : source;

    public bool Is(char c) => Peek() == c;

    public bool Is(string expected) => string.CompareOrdinal(text, _at, expected, 0, expected.Length) == 0;

    public bool TryTake(char c)
    {
        if (!Is(c)) return false;
        _at++;
        return true;
    }

    public void Require(char c, string expected, string fix)
    {
        if (!TryTake(c)) throw Wrong(expected, fix);
    }

    public void SkipBlanks()
    {
        while (Peek() is ' ' or '\t') _at++;
    }

    /// <summary>Blanks, comments and line ends: what may stand between the items of an array.</summary>
    public void SkipLines()
    {
        do
        {
            SkipBlanks();
            SkipComment();
        }
        while (TryTakeLineEnd());
    }

    /// <summary>The rest of a line after a statement: at most a comment.</summary>
    public void FinishLine()
    {
        SkipBlanks();
        SkipComment();
        if (!IsAtEnd && !TryTakeLineEnd()) throw Wrong("the end of the line", "Put one statement on a line; strings need quotes.");
    }

    /// <summary>One part of a key: bare, or a string in quotes on one line.</summary>
    public string ReadKey()
    {
        if (Is('"') || Is('\'')) return Is("\"\"\"") || Is("'''") ? throw Wrong("a key", "Write the key in single-line quotes.") : ReadString();
        int start = _at;
        while (Peek() is int c && (char.IsAsciiLetterOrDigit((char)c) || c is '_' or '-')) _at++;
        return _at > start ? text[start.._at] : throw Wrong("a key", "Keys are letters, digits, _ and -; put any other key in quotes.");
    }

    /// <summary>Everything up to the next blank, line end, comment, comma or closing bracket: a number, a truth value, a date or a time.</summary>
    public string ReadBare()
    {
        int start = _at;
        SkipBareCharacters();
        // A date and a time may be joined by one space instead of a T.
        if (_at - start == 10 && Is(' ') && text[start + 4] == '-' && _at + 3 < text.Length && char.IsAsciiDigit(text[_at + 1]) && text[_at + 3] == ':')
        {
            _at++;
            SkipBareCharacters();
        }
        return text[start.._at];
    }

    private void SkipBareCharacters()
    {
        while (Peek() is not (EndOfText or ' ' or '\t' or '\r' or '\n' or '#' or ',' or ']' or '}' or '[' or '{' or '=')) _at++;
    }

    /// <summary>Any of the four kinds of string; the next character is its first quote.</summary>
    public string ReadString()
    {
        ValueOrigin start = Here;
        bool isMultiline = Is("\"\"\"") || Is("'''");
        char quote = text[_at];
        _at += isMultiline ? 3 : 1;
        if (isMultiline) TryTakeLineEnd();      // a line end right after the opening quotes is not content

        StringBuilder content = new();
        while (!TryCloseString(quote, isMultiline, content)) ReadStringPart(quote, isMultiline, content, start);
        return content.ToString();
    }

    /// <summary>Takes quotes: closing ones (true), or those that are content of a multi-line string. Up to two may stand directly before the closing three.</summary>
    private bool TryCloseString(char quote, bool isMultiline, StringBuilder content)
    {
        if (!isMultiline) return TryTake(quote);
        int quotes = 0;
        while (quotes < 5 && TryTake(quote)) quotes++;
        content.Append(quote, quotes >= 3 ? quotes - 3 : quotes);
        return quotes >= 3;
    }

    private void ReadStringPart(char quote, bool isMultiline, StringBuilder content, ValueOrigin start)
    {
        int c = Peek();
        if (c == EndOfText || (!isMultiline && IsAtLineEnd()))
            throw Wrong(start, "a string without an end", $"closing quotes ({(isMultiline ? new string(quote, 3) : quote)})", "Close the string; text over several lines needs three quotes.");
        if (isMultiline && TryTakeLineEnd()) content.Append('\n');
        else if (c == '\\' && quote == '"') ReadEscape(isMultiline, content);
        else if (IsForbidden(c)) throw Wrong("printable text", "Write control characters as \\u0000 in a string with double quotes.");
        else { content.Append((char)c); _at++; }
    }

    private void ReadEscape(bool isMultiline, StringBuilder content)
    {
        ValueOrigin start = Here;
        _at++;
        if (isMultiline && TryTakeFoldedLine()) return;
        int c = Peek();
        _at += c == EndOfText ? 0 : 1;
        switch (c)
        {
            case 'b': content.Append('\b'); break;
            case 't': content.Append('\t'); break;
            case 'n': content.Append('\n'); break;
            case 'f': content.Append('\f'); break;
            case 'r': content.Append('\r'); break;
            case '"': content.Append('"'); break;
            case '\\': content.Append('\\'); break;
            case 'u': content.Append(ReadCodePoint(4, start).ToString()); break;
            case 'U': content.Append(ReadCodePoint(8, start).ToString()); break;
            default:
                throw Wrong(start, $"a backslash before {Describe(c)}", @"one of \b \t \n \f \r \"" \\ \uXXXX \UXXXXXXXX",
                    "Double the backslash, or use single quotes, in which it has no meaning.");
        }
    }

    /// <summary>A backslash at the end of a line swallows all blanks and line ends that follow.</summary>
    private bool TryTakeFoldedLine()
    {
        int back = _at;
        SkipBlanks();
        if (!TryTakeLineEnd())
        {
            _at = back;
            return false;
        }
        do SkipBlanks(); while (TryTakeLineEnd());
        return true;
    }

    private Rune ReadCodePoint(int digits, ValueOrigin start)
    {
        string hex = text.Substring(_at, Math.Min(digits, text.Length - _at));
        if (hex.Length == digits && uint.TryParse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint value) && Rune.TryCreate(value, out Rune rune))
        {
            _at += digits;
            return rune;
        }
        throw Wrong(start, "an escape that is no character", $"{digits} hexadecimal digits of a Unicode character", "Correct the digits; surrogates are not characters.");
    }

    private void SkipComment()
    {
        if (!TryTake('#')) return;
        while (!IsAtEnd && !IsAtLineEnd())
        {
            if (IsForbidden(Peek())) throw Wrong("printable text in the comment", "Remove the character.");
            _at++;
        }
    }

    public bool TryTakeLineEnd()
    {
        if (!IsAtLineEnd()) return false;
        _at += Is('\r') ? 2 : 1;
        _line++;
        _lineStart = _at;
        return true;
    }

    private bool IsAtLineEnd() => Is('\n') || Is("\r\n");

    private int Peek() => _at < text.Length ? text[_at] : EndOfText;

    /// <summary>Control characters but the tab; a lone carriage return among them.</summary>
    private static bool IsForbidden(int c) => c is (< ' ' and not '\t') or '\x7F';

    /// <summary>The error for the next character.</summary>
    public InputException Wrong(string expected, string fix) => Wrong(Here, Describe(Peek()), expected, fix);

    public static InputException Wrong(ValueOrigin place, string found, string expected, string fix) => new(place.ToString(), found, expected, fix);

    private static string Describe(int c) => c switch
    {
        EndOfText => "the end of the text",
        '\n' => "the end of the line",
        '\r' => "a carriage return",
        < ' ' or '\x7F' or (>= '\x80' and < '\xA0') => $"the control character U+{c:X4}",
        '\xFEFF' => "a byte order mark (U+FEFF)",
        _ => $"'{(char)c}'",
    };
}
