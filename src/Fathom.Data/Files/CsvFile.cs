using System.Buffers;
using System.Text;
using Fathom.Domain.Values;

namespace Fathom.Data.Files;

/// <summary>Comma-separated values, formatted by hand into one reused block: a row costs no allocation. UTF-8, line feeds, fields quoted only where
/// they must be (RFC 4180). The file appears under its name at <see cref="Complete"/>.</summary>
public sealed class CsvFile : IDisposable
{
    private const int BlockLength = 64 * 1024;
    private const int NumberLengthMax = 32;

    private static readonly SearchValues<char> NeedQuotes = SearchValues.Create(",\"\r\n");

    private readonly OutputFile _file;
    private readonly byte[] _block = new byte[BlockLength];
    private int _used;
    private bool _isRowOpen;

    private CsvFile(OutputFile file) => _file = file;

    /// <inheritdoc cref="OutputFile.Create"/>
    /// <param name="columns">Names for the first row.</param>
    public static CsvFile Create(string path, IEnumerable<string> columns)
    {
        CsvFile csv = new(OutputFile.Create(path));
        foreach (string column in columns) csv.Add(column);
        csv.EndRow();
        return csv;
    }

    /// <summary>Finished rows, the header not counted.</summary>
    public long RowCount { get; private set; } = -1;

    public void Add(long number)
    {
        StartField(NumberLengthMax);
        number.TryFormat(_block.AsSpan(_used), out int written);
        _used += written;
    }

    /// <summary>The shortest text that gives the number again; empty for NaN.</summary>
    public void Add(double number)
    {
        StartField(NumberLengthMax);
        if (double.IsNaN(number)) return;
        number.TryFormat(_block.AsSpan(_used), out int written, "R");
        _used += written;
    }

    /// <summary>Exact decimal text; empty for None.</summary>
    public void Add(Price price)
    {
        Span<char> text = stackalloc char[NumberLengthMax];
        price.TryFormat(text, out int written);
        AddPlain(text[..written]);
    }

    /// <inheritdoc cref="Add(Price)"/>
    public void Add(Quantity quantity)
    {
        Span<char> text = stackalloc char[NumberLengthMax];
        quantity.TryFormat(text, out int written);
        AddPlain(text[..written]);
    }

    /// <summary>Text, quoted where it must be. At most half a block long.</summary>
    public void Add(ReadOnlySpan<char> text)
    {
        if (text.IndexOfAny(NeedQuotes) >= 0) AddPlain($"\"{text.ToString().Replace("\"", "\"\"", StringComparison.Ordinal)}\"");
        else AddPlain(text);
    }

    public void AddEmpty() => StartField(0);

    public void EndRow()
    {
        Require(1);
        _block[_used++] = (byte)'\n';
        _isRowOpen = false;
        RowCount++;
    }

    /// <summary>Writes what is left and gives the file its name.</summary>
    public void Complete()
    {
        Flush();
        _file.Complete();
    }

    public void Dispose() => _file.Dispose();

    private void AddPlain(ReadOnlySpan<char> text)
    {
        StartField(Encoding.UTF8.GetMaxByteCount(text.Length));
        _used += Encoding.UTF8.GetBytes(text, _block.AsSpan(_used));
    }

    private void StartField(int length)
    {
        Require(length + 1);
        if (_isRowOpen) _block[_used++] = (byte)',';
        _isRowOpen = true;
    }

    private void Require(int length)
    {
        if (_block.Length - _used < length) Flush();
    }

    private void Flush()
    {
        _file.Write(_block.AsSpan(0, _used));
        _used = 0;
    }
}
