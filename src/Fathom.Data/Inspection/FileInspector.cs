using System.Buffers.Binary;
using System.Globalization;
using Fathom.Data.Dbn;
using Fathom.Data.Dbn.Records;
using Fathom.Domain;
using Fathom.Domain.Values;
using Fathom.Market.Universe;

namespace Fathom.Data.Inspection;

/// <summary>Reads a file once, front to back, and says what is in it. Memory follows the number of instruments.</summary>
public sealed class FileInspector : IDisposable
{
    private const int UpdateEvery = 1 << 16;

    private readonly DbnRecordReader _reader;
    private readonly SymbolMap _symbols;
    private readonly long[] _byType = new long[256];
    private readonly long[] _byAction = new long[256];
    private readonly List<Entry> _entries = [];
    private readonly Dictionary<(ushort Publisher, uint Number), Entry> _current = [];
    private readonly Dictionary<(ushort Publisher, uint Number, string? Symbol), Entry> _mapped = [];
    private Timestamp _first = Timestamp.None;
    private Timestamp _last = Timestamp.None;
    private long _records;
    private long _bytes;
    private Entry? _previous;

    private sealed class Entry(ushort publisher, uint number)
    {
        public readonly ushort Publisher = publisher;
        public readonly uint Number = number;
        public string? Symbol;
        public Timestamp From;
        public Timestamp Until;
        public long Records;
    }

    private FileInspector(DbnRecordReader reader)
    {
        _reader = reader;
        _symbols = DbnSymbols.From(reader.Header);
    }

    /// <exception cref="InputException">As <see cref="DbnFile.Open"/>.</exception>
    public static FileInspector Open(string path, DbnReadOptions options) => new(DbnRecordReader.Open(path, options with { HashContent = true }));

    /// <summary>Reads everything.</summary>
    /// <param name="progress">Called now and then with the records so far and the share of the stored bytes (NaN when unknown).</param>
    /// <param name="stop">Asked at the same moments.</param>
    /// <exception cref="InputException">The file is damaged.</exception>
    public FileSummary Read(Action<long, double>? progress = null, CancellationToken stop = default)
    {
        while (_reader.TryRead(out DbnRecord record))
        {
            Count(record);
            if (_records % UpdateEvery != 0) continue;
            stop.ThrowIfCancellationRequested();
            progress?.Invoke(_records, _reader.Length > 0 ? (double)_reader.Position / _reader.Length : double.NaN);
        }
        return Summarize();
    }

    public void Dispose() => _reader.Dispose();

    private FileSummary Summarize() => new()
    {
        Header = _reader.Header,
        IsFragment = _reader.IsFragment,
        Records = _records,
        ByType = [.. Ranked(_byType).Select(entry => ((DbnRecordType)entry.Value, entry.Count))],
        ByAction = [.. Ranked(_byAction).Select(entry => (DbnText.Printable((byte)entry.Value), entry.Count))],
        Instruments = [.. _entries.Select(entry => new InstrumentSummary(entry.Publisher, entry.Number,
            entry.Symbol ?? entry.Number.ToString(CultureInfo.InvariantCulture), entry.Records))],
        First = _first,
        Last = _last,
        StoredBytes = _reader.Position,
        Bytes = _bytes,
        IsTruncated = _reader.IsTruncated,
        ContentHash = _reader.ContentHash ?? "",
    };

    private static IEnumerable<(int Value, long Count)> Ranked(long[] counts) =>
        counts.Select((count, value) => (Value: value, Count: count)).Where(entry => entry.Count > 0).OrderByDescending(entry => entry.Count).ThenBy(entry => entry.Value);

    private void Count(in DbnRecord record)
    {
        _records++;
        _bytes = record.Offset + record.Bytes.Length;
        _byType[(byte)record.Type]++;
        switch (record.Type)
        {
            case DbnRecordType.SymbolMapping:
                if (SymbolMappingRecord.TryView(record.Bytes, out SymbolMappingRecord mapping)) DbnSymbols.Add(_symbols, mapping);
                return;
            case DbnRecordType.Error or DbnRecordType.System: return;
        }
        if (ActionAt(record.Type) is int at && at < record.Bytes.Length) _byAction[record.Bytes[at]]++;
        DbnRecordHeader header = record.Header;
        Timestamp time = IndexTime(record, header);
        if (_first.IsNone) _first = time;
        if (!time.IsNone) _last = time;
        NoteInstrument(record, header, time);
    }

    private void NoteInstrument(in DbnRecord record, in DbnRecordHeader header, Timestamp time)
    {
        Entry? entry = _previous;
        if (entry is null || entry.Publisher != header.Publisher || entry.Number != header.Instrument || !(time >= entry.From && time < entry.Until))
            entry = FindEntry(header, time);
        entry.Records++;
        _previous = entry;
        if (record.Type == DbnRecordType.Definition && DefinitionRecord.TryView(record.Bytes, out DefinitionRecord definition) && definition.RawSymbol.Length > 0)
            entry.Symbol = definition.RawSymbol;
    }

    private Entry FindEntry(in DbnRecordHeader header, Timestamp time)
    {
        (ushort, uint) key = (header.Publisher, header.Instrument);
        SymbolInterval mapped = _symbols.Find(header.Instrument, time);
        if (!_current.TryGetValue(key, out Entry? entry) || IsOther(entry, mapped)) _current[key] = entry = EntryOf(header, mapped.Symbol);
        entry.Symbol ??= mapped.Symbol;
        (entry.From, entry.Until) = (mapped.From, mapped.Until);
        return entry;
    }

    /// <summary>The number means another symbol now. A rule ("ES.c.0") does not say which instrument it is, a definition does.</summary>
    private static bool IsOther(Entry entry, in SymbolInterval mapped) =>
        mapped.Symbol is not null && entry.Symbol is not null && entry.Symbol != mapped.Symbol && !mapped.IsAlias;

    /// <summary>Times may go back over the bound of a mapping and forth again: then it is the entry from before.</summary>
    private Entry EntryOf(in DbnRecordHeader header, string? symbol)
    {
        if (_mapped.TryGetValue((header.Publisher, header.Instrument, symbol), out Entry? entry)) return entry;
        entry = new Entry(header.Publisher, header.Instrument);
        _entries.Add(entry);
        _mapped.Add((header.Publisher, header.Instrument, symbol), entry);
        return entry;
    }

    private static Timestamp IndexTime(in DbnRecord record, in DbnRecordHeader header)
    {
        Timestamp time = Timestamp.None;
        if (ReceiveTimeAt(record.Type) is int at && at + 8 <= record.Bytes.Length)
            time = DbnTimes.From(BinaryPrimitives.ReadUInt64LittleEndian(record.Bytes[at..]));
        return time.IsNone ? DbnTimes.From(header.EventTime) : time;
    }

    private static int? ReceiveTimeAt(DbnRecordType type) => type switch
    {
        DbnRecordType.Mbo => 40,
        DbnRecordType.Trade or DbnRecordType.Mbp1 or DbnRecordType.Mbp10 or DbnRecordType.Cmbp1 or DbnRecordType.Tcbbo or DbnRecordType.Bbo1S or
            DbnRecordType.Bbo1M or DbnRecordType.Cbbo1S or DbnRecordType.Cbbo1M => 32,
        DbnRecordType.Status or DbnRecordType.Definition or DbnRecordType.Imbalance or DbnRecordType.Statistics => 16,
        _ => null,
    };

    private static int? ActionAt(DbnRecordType type) => type switch
    {
        DbnRecordType.Mbo => 38,
        DbnRecordType.Trade or DbnRecordType.Mbp1 or DbnRecordType.Mbp10 or DbnRecordType.Cmbp1 or DbnRecordType.Tcbbo => 28,
        _ => null,
    };
}
