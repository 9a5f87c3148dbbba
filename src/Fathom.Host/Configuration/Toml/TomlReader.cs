using System.Diagnostics.CodeAnalysis;
using System.Text;
using Fathom.Domain;

namespace Fathom.Host.Configuration.Toml;

/// <summary>Reads TOML 1.0. The text is untrusted: whatever it holds, the answer is a table or an <see cref="InputException"/> that names line and column.</summary>
/// <remarks>
/// Source: toml.io/en/v1.0.0. The only subtle part is which table may still grow; <see cref="TomlTable.Making"/> holds it:
/// <code>
/// [a.b]          a: Path (its own header may follow), b: Header (a second one is refused)
/// c.d = 1        c: DottedKey (more dotted keys of this table may add; [a.b.c] is refused, [a.b.c.e] is not)
/// f = { g = 1 }  f: Inline (complete; nothing may be added)
/// [[h]]          h: an array of tables; [h.i] goes into its last one
/// </code>
/// </remarks>
public sealed class TomlReader
{
    /// <summary>Longest text in bytes. A configuration is written by hand; the bound keeps memory under 100 MB for anything else (two bytes can make a table).</summary>
    public const int LengthMax = 256 << 10;

    /// <summary>Deepest nesting of arrays and inline tables, and most parts of one key.</summary>
    public const int DepthMax = 64;

    private readonly TomlScanner _scanner;
    private readonly TomlTable _root;

    private TomlReader(string text, ValueOrigin source)
    {
        _scanner = new TomlScanner(text, source);
        _root = new TomlTable(_scanner.Here) { MadeBy = TomlTable.Making.Header };
    }

    /// <summary>Reads a document.</summary>
    /// <param name="utf8">Its bytes; a leading byte order mark is skipped.</param>
    /// <param name="file">Name for messages.</param>
    /// <exception cref="InputException">Not UTF-8, too long, or not TOML 1.0.</exception>
    public static TomlTable Read(ReadOnlySpan<byte> utf8, string file)
    {
        ValueOrigin source = new(ValueLayer.File, file);
        if (utf8.Length > LengthMax)
            throw new InputException(file, $"more than {LengthMax} bytes", "a configuration", "Name the configuration file, not a data file.");
        if (utf8.StartsWith("\uFEFF"u8)) utf8 = utf8[3..];
        return new TomlReader(Decode(utf8, source), source).ReadDocument();
    }

    /// <summary>Reads text that is one value and nothing else; false when it is not.</summary>
    public static bool TryReadValue(string text, ValueOrigin source, [NotNullWhen(true)] out TomlNode? value)
    {
        value = null;
        if (text.Length > LengthMax) return false;
        TomlReader reader = new(text, source);
        try
        {
            value = reader.ReadValue(depth: 0);
        }
        catch (InputException)
        {
            return false;      // expected: most words are no TOML value
        }
        return reader._scanner.IsAtEnd;
    }

    /// <summary>Reads text that is one dotted key ("risk.position_max", instrument."CL.FUT".tick) and returns its parts.</summary>
    /// <exception cref="InputException">Anything else.</exception>
    public static IReadOnlyList<string> ReadKeyPath(string text, ValueOrigin source)
    {
        TomlReader reader = new(text, source);
        reader._scanner.SkipBlanks();
        List<string> path = reader.ReadPath();
        return reader._scanner.IsAtEnd ? path : throw reader._scanner.Wrong("a key such as venue.entry_latency", "Put names with other characters in double quotes.");
    }

    private static string Decode(ReadOnlySpan<byte> utf8, ValueOrigin source)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(utf8);
        }
        catch (DecoderFallbackException e)
        {
            int at = Math.Clamp(e.Index, 0, utf8.Length);
            int line = 1 + utf8[..at].Count((byte)'\n');
            int column = at - utf8[..at].LastIndexOf((byte)'\n');
            throw TomlScanner.Wrong(source with { Line = line, Column = column }, "bytes that are not UTF-8", "UTF-8 text", "Save the file as UTF-8.");
        }
    }

    private TomlTable ReadDocument()
    {
        TomlTable table = _root;
        for (_scanner.SkipLines(); !_scanner.IsAtEnd; _scanner.SkipLines())
        {
            if (_scanner.Is('[')) table = ReadHeader();
            else ReadKeyValue(table, depth: 0);
            _scanner.FinishLine();
        }
        return _root;
    }

    private TomlTable ReadHeader()
    {
        ValueOrigin start = _scanner.Here;
        bool isArray = _scanner.Is("[[");
        for (int brackets = isArray ? 2 : 1; brackets > 0; brackets--) _scanner.TryTake('[');
        _scanner.SkipBlanks();
        List<string> path = ReadPath();
        for (int brackets = isArray ? 2 : 1; brackets > 0; brackets--)
            _scanner.Require(']', isArray ? "]] after the table's name" : "] after the table's name", "Close the header on its line, like [venue] or [[strategy]].");

        TomlTable parent = _root;
        for (int i = 0; i < path.Count - 1; i++) parent = StepInto(parent, path[i], start);
        return isArray ? AppendTable(parent, path[^1], start) : OpenTable(parent, path[^1], start);
    }

    /// <summary>One step of a header's path; through an array of tables it goes into the last one.</summary>
    private static TomlTable StepInto(TomlTable parent, string key, ValueOrigin place)
    {
        if (!parent.TryGet(key, out TomlNode? node))
        {
            TomlTable made = new(place) { MadeBy = TomlTable.Making.Path };
            parent.Put(key, made);
            return made;
        }
        if (node is TomlArray { IsOfTables: true } array) node = array.Items[^1];
        return node is TomlTable table && table.MadeBy != TomlTable.Making.Inline ? table : throw Repeated(key, node, place);
    }

    private static TomlTable OpenTable(TomlTable parent, string key, ValueOrigin place)
    {
        TomlTable opened = new(place);
        if (parent.TryGet(key, out TomlNode? node))
            opened = node is TomlTable table && table.MadeBy == TomlTable.Making.Path ? table : throw Repeated(key, node, place);
        else
            parent.Put(key, opened);
        opened.MadeBy = TomlTable.Making.Header;
        return opened;
    }

    private static TomlTable AppendTable(TomlTable parent, string key, ValueOrigin place)
    {
        if (!parent.TryGet(key, out TomlNode? node)) parent.Put(key, node = new TomlArray(place, isOfTables: true));
        if (node is not TomlArray { IsOfTables: true } array) throw Repeated(key, node, place);
        TomlTable appended = new(place) { MadeBy = TomlTable.Making.Header };
        array.Add(appended);
        return appended;
    }

    private void ReadKeyValue(TomlTable table, int depth)
    {
        ValueOrigin start = _scanner.Here;
        List<string> path = ReadPath();
        _scanner.Require('=', "= after the key", "Write key = value; table names stand in [brackets].");
        _scanner.SkipBlanks();
        for (int i = 0; i < path.Count - 1; i++) table = StepByDot(table, path[i], start);
        if (table.TryGet(path[^1], out TomlNode? first)) throw Repeated(path[^1], first, start);
        table.Put(path[^1], ReadValue(depth));
    }

    private static TomlTable StepByDot(TomlTable parent, string key, ValueOrigin place)
    {
        if (parent.TryGet(key, out TomlNode? node))
            return node is TomlTable table && table.MadeBy == TomlTable.Making.DottedKey ? table : throw Repeated(key, node, place);
        TomlTable made = new(place) { MadeBy = TomlTable.Making.DottedKey };
        parent.Put(key, made);
        return made;
    }

    /// <summary>Parts of a key and the blanks after it.</summary>
    private List<string> ReadPath()
    {
        List<string> path = [];
        do
        {
            _scanner.SkipBlanks();
            if (path.Count == DepthMax) throw TooDeep();
            path.Add(_scanner.ReadKey());
            _scanner.SkipBlanks();
        }
        while (_scanner.TryTake('.'));
        return path;
    }

    private TomlNode ReadValue(int depth)
    {
        if (depth > DepthMax) throw TooDeep();
        ValueOrigin start = _scanner.Here;
        if (_scanner.Is('"') || _scanner.Is('\'')) return new TomlScalar(TomlKind.String, _scanner.ReadString(), start);
        if (_scanner.TryTake('[')) return ReadArray(start, depth);
        if (_scanner.TryTake('{')) return ReadInlineTable(start, depth);

        string bare = _scanner.ReadBare();
        if (bare.Length == 0) throw _scanner.Wrong("a value", "Write a value after the =; an empty string is \"\".");
        if (TomlBareValue.Read(bare, start) is { } value) return value;
        throw TomlBareValue.IsLongInteger(bare)
            ? TomlScanner.Wrong(start, bare, "an integer of at most 64 bits", "Write a smaller number, or put it in quotes.")
            : TomlScanner.Wrong(start, bare, "a value: text in quotes, a number, true, false, a date, [ or {", $"If it is text, put it in quotes: \"{bare}\".");
    }

    private TomlArray ReadArray(ValueOrigin start, int depth)
    {
        TomlArray array = new(start);
        for (_scanner.SkipLines(); !_scanner.TryTake(']'); _scanner.SkipLines())
        {
            array.Add(ReadValue(depth + 1));
            _scanner.SkipLines();
            if (_scanner.TryTake(',') || _scanner.Is(']')) continue;
            throw _scanner.Wrong(", or ] in the array", $"The array starts at {start}: separate its values with commas and close it.");
        }
        return array;
    }

    private TomlTable ReadInlineTable(ValueOrigin start, int depth)
    {
        TomlTable table = new(start) { MadeBy = TomlTable.Making.Inline };
        _scanner.SkipBlanks();
        if (_scanner.TryTake('}')) return table;
        do
        {
            _scanner.SkipBlanks();
            ReadKeyValue(table, depth + 1);
            _scanner.SkipBlanks();
        }
        while (_scanner.TryTake(','));
        _scanner.Require('}', ", or } in the inline table", "Keep it on one line without a comma at its end, or make it a [table].");
        return table;
    }

    private InputException TooDeep() => TomlScanner.Wrong(_scanner.Here, "deeper nesting", $"at most {DepthMax} levels", "A configuration needs four.");

    private static InputException Repeated(string key, TomlNode first, ValueOrigin place) =>
        TomlScanner.Wrong(place, $"`{key}` again", "each key and table once", $"Remove one of them; the first is at {first.Origin}.");
}
