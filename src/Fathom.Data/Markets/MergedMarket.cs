using System.Runtime.CompilerServices;
using Fathom.Data.Merging;
using Fathom.Domain;
using Fathom.Domain.Messages;
using Fathom.Domain.Ports;
using Fathom.Domain.Values;
using Fathom.Market.Universe;

namespace Fathom.Data.Markets;

/// <summary>
/// Several sources of market data as one, in the order in which their messages take effect (<see cref="TimeMerge"/>).
///
/// Each source numbers its instruments for itself, because how far it has been read ahead must not decide about ids. Where its messages come out, its definitions are held to those of the others: the same
/// instrument in two sources is one and gets one id, the next one where it is new; what two sources state differently is a change of the instrument; what only repeats is left out.
/// </summary>
public sealed class MergedMarket : IMarketSource
{
    private const int OthersMax = 100;

    /// <summary>While so many are open, further ones get no thread of their own that reads ahead.</summary>
    private const int FewMax = 4;

    private const int BlockBytesMax = 64 * 1024, BlockBytesMin = 8 * 1024, BlockBytesOfAll = 8 * 1024 * 1024;

    private readonly IReadOnlyList<MarketPart> _parts;
    private readonly TimeMerge _merge;
    private readonly IMarketSource?[] _open;
    private readonly int[][] _ids;      // by source: the merged id of each of its ids
    private readonly HashSet<string> _others = [];
    private long _records, _unwanted, _position;      // of sources that are closed

    /// <param name="parts">In the order that decides at equal times.</param>
    /// <param name="registry">Gives the ids.</param>
    public MergedMarket(IReadOnlyList<MarketPart> parts, InstrumentRegistry registry)
    {
        _parts = parts;
        Registry = registry;
        _open = new IMarketSource?[parts.Count];
        _ids = [.. parts.Select(_ => Array.Empty<int>())];
        int blockBytes = Math.Clamp(BlockBytesOfAll / Math.Max(parts.Count, 1), BlockBytesMin, BlockBytesMax) / 8 * 8;
        _merge = new TimeMerge([.. parts.Select((part, number) => new MergeInput(part.First, Duration.Zero, blockBytes, () => _open[number] = part.Open(Open.Count() >= FewMax), _ => NoteClosed(number)))]);
        Length = parts.All(part => part.Length > 0) ? parts.Sum(part => part.Length) : 0;
        StatedSymbols = parts.All(part => part.StatedSymbols is not null) ? [.. parts.SelectMany(part => part.StatedSymbols!).Distinct(StringComparer.Ordinal)] : null;
    }

    public InstrumentRegistry Registry { get; }

    public long RecordCount => _records + Open.Sum(source => source.RecordCount);

    public long Unwanted => _unwanted + Open.Sum(source => source.Unwanted);

    public IReadOnlyCollection<string> OtherInstruments => [.. _others.Concat(Open.SelectMany(source => source.OtherInstruments)).Distinct(StringComparer.Ordinal).Take(OthersMax)];

    public long Position => _position + Open.Sum(source => source.Position);

    public long Length { get; }

    public IReadOnlyCollection<string>? StatedSymbols { get; }

    private IEnumerable<IMarketSource> Open => _open.OfType<IMarketSource>();

    /// <exception cref="InputException">A source is damaged; what came before was given out by earlier calls.</exception>
    public int Read(Span<byte> buffer)
    {
        int used = 0;
        while (true)
        {
            // What there is is handed on before the next read: errors do not take messages with them.
            if (used > 0 && !_merge.IsReached) return used;
            int source = _merge.Next();
            if (source < 0) return used;
            int copied = _merge.Copy(buffer[used..]);
            if (copied == 0) return used;
            used += Adopt(source, buffer.Slice(used, copied));
        }
    }

    public void Dispose() => _merge.Dispose();

    /// <summary>Gives the messages of a source the merged ids, in place.</summary>
    /// <returns>Bytes that are left: definitions that say nothing new are taken out.</returns>
    private int Adopt(int source, Span<byte> messages)
    {
        int to = 0;
        int[] ids = _ids[source];
        for (int at = 0, length; at < messages.Length; at += length)
        {
            ref MessageHeader header = ref Unsafe.As<byte, MessageHeader>(ref messages[at]);
            length = header.Length;
            if (header.Type is MessageType.InstrumentDefined or MessageType.InstrumentChanged)
            {
                bool isNew = TryDefine(source, messages.Slice(at, length));
                ids = _ids[source];
                if (!isNew) continue;
            }
            else if (!header.Instrument.IsNone)
            {
                int id = header.Instrument.Index;
                Invariant.Require((uint)id < (uint)ids.Length && ids[id] >= 0, "a source defines an instrument before its first message");
                header.Instrument = new InstrumentId(ids[id]);
            }
            if (to < at) messages.Slice(at, length).CopyTo(messages[to..]);
            to += length;
        }
        return to;
    }

    /// <returns>False where it says nothing new.</returns>
    private bool TryDefine(int source, Span<byte> message)
    {
        InstrumentDefinition definition = Messages.As<InstrumentDefinition>(message);
        InstrumentResolution resolution = Registry.Adopt(definition);
        int id = definition.Header.Instrument.Index;
        if (id >= _ids[source].Length)
        {
            int before = _ids[source].Length;
            Array.Resize(ref _ids[source], Math.Max(id + 1, 2 * before));
            _ids[source].AsSpan(before).Fill(-1);
        }
        _ids[source][id] = resolution.Id.Index;
        if (resolution.Announce == MessageType.None) return false;
        InstrumentDefinition adopted = Registry[resolution.Id];
        adopted.Header.Type = resolution.Announce;
        (adopted.Header.EventTime, adopted.Header.ReceiveTime) = (definition.Header.EventTime, definition.Header.ReceiveTime);
        Messages.AsBytes(in adopted).CopyTo(message);
        return true;
    }

    private void NoteClosed(int number)
    {
        IMarketSource source = _open[number]!;
        _open[number] = null;
        _ids[number] = [];
        _records += source.RecordCount;
        _unwanted += source.Unwanted;
        _position += _parts[number].Length;
        foreach (string other in source.OtherInstruments.Take(OthersMax - _others.Count)) _others.Add(other);
    }
}
