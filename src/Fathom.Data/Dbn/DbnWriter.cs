using Fathom.Data.Compression;
using Fathom.Data.Files;
using Fathom.Domain;
using Fathom.Domain.Messages;
using Fathom.Domain.Ports;
using Fathom.Domain.Values;

namespace Fathom.Data.Dbn;

/// <summary>
/// Writes messages as a DBN file of version 3, compressed when its name ends with ".zst". The file appears under its name only when it is complete.
///
/// A DBN header lists the instruments, and comes first. So the definitions with which the messages begin are held back until the first other message
/// and make the header, unless a header to keep is given. Memory is bounded by the number of instruments.
/// </summary>
public sealed class DbnWriter : IMessageSink, IDisposable
{
    private const int BufferLength = 256 << 10;
    private const uint OpenEndDate = 2100_01_01;      // what the header says of an instrument holds as long as the file does

    private readonly string _path;
    private readonly DbnWriteOptions _options;
    private readonly IByteTarget _target;
    private readonly byte[] _buffer = new byte[BufferLength];
    private readonly List<byte[]> _first = [];
    private DbnEncoder? _encoder;
    private int _length;

    private DbnWriter(string path, DbnWriteOptions options)
    {
        _path = path;
        _options = options;
        bool isCompressed = path.EndsWith(".zst", StringComparison.OrdinalIgnoreCase);
        if (isCompressed) _ = ZstdLibrary.Shared;      // refuse before anything is created
        OutputFile file = OutputFile.Create(path);
        _target = isCompressed ? new ZstdWriter(file, options.Level) : file;
    }

    /// <summary>Messages taken so far.</summary>
    public long MessageCount { get; private set; }

    /// <summary>Records written so far.</summary>
    public long RecordCount { get; private set; }

    /// <exception cref="InputException">The place cannot be written to, or zstd is asked for and not installed.</exception>
    public static DbnWriter Create(string path, DbnWriteOptions? options = null) => new(path, options ?? new DbnWriteOptions());

    /// <exception cref="InputException">A message that DBN cannot hold without loss (its number is named), or the disk is full.</exception>
    public void Write(ReadOnlySpan<byte> messages)
    {
        while (!messages.IsEmpty)
        {
            ReadOnlySpan<byte> message = messages[..Messages.Header(messages).Length];
            messages = messages[message.Length..];
            if (_encoder is null && !TryHoldBack(message)) WriteHeader();
            if (_encoder is not null) WriteMessage(message);
        }
    }

    /// <summary>Everything is written: the file takes its name.</summary>
    public void Complete()
    {
        if (_encoder is null) WriteHeader();
        Flush();
        _target.Complete();
    }

    /// <summary>Without <see cref="Complete"/> before it, nothing remains.</summary>
    public void Dispose() => _target.Dispose();

    private bool TryHoldBack(ReadOnlySpan<byte> message)
    {
        if (_options.Header is not null || Messages.Header(message).Type != MessageType.InstrumentDefined) return false;
        _first.Add(message.ToArray());
        return true;
    }

    private void WriteHeader()
    {
        DbnHeader header = (_options.Header ?? HeaderOfFirst()) with { Version = 3, HasSendTimes = false, SymbolLength = 71 };
        _encoder = new DbnEncoder(header);
        _target.Write(DbnHeaderWriter.Write(_path, header));
        foreach (byte[] message in _first) WriteMessage(message);
        _first.Clear();
    }

    private DbnHeader HeaderOfFirst()
    {
        DbnMapping[] mappings = [.. _first.Select(message => Messages.As<InstrumentDefinition>(message)).Where(IsNamed).Select(MappingOf)];
        ulong start = ulong.MaxValue;
        foreach (byte[] message in _first) start = Math.Min(start, (ulong)Math.Max(0, Messages.Header(message).ReceiveTime.Nanos));
        return new DbnHeader
        {
            Version = 3,
            Dataset = _options.Dataset,
            Schema = _options.Schema,
            Start = start,
            SymbologyIn = DbnSymbology.RawSymbol,
            SymbologyOut = DbnSymbology.InstrumentId,
            Symbols = [.. mappings.Select(mapping => mapping.Symbol)],
            Mappings = mappings,
        };
    }

    private static bool IsNamed(InstrumentDefinition definition) => (definition.Assumed & InstrumentAssumptions.Symbol) == 0;

    private static DbnMapping MappingOf(InstrumentDefinition definition)
    {
        Timestamp from = definition.Header.ReceiveTime;
        return new DbnMapping(definition.Symbol.ToString(), [new DbnMappingInterval((uint)from.DateUtc(), OpenEndDate, $"{definition.VenueInstrument}")]);
    }

    private void WriteMessage(ReadOnlySpan<byte> message)
    {
        MessageCount++;
        if (_buffer.Length - _length < DbnEncoder.RecordLengthMax) Flush();
        string? misfit = _encoder!.Encode(message, _buffer.AsSpan(_length), out int length);
        if (misfit is not null)
            throw new InputException(_path, $"in message {MessageCount} {misfit}", "messages that DBN holds without loss", "Leave them out, or keep the source's format.");
        if (length == 0) return;
        _length += length;
        RecordCount++;
    }

    private void Flush()
    {
        _target.Write(_buffer.AsSpan(0, _length));
        _length = 0;
    }
}
