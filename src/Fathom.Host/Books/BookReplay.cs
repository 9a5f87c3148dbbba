using System.Runtime.InteropServices;
using Fathom.Data;
using Fathom.Data.Dbn;
using Fathom.Data.Markets;
using Fathom.Domain;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Host.Terminal;
using Fathom.Market.Books;
using Fathom.Market.Universe;

namespace Fathom.Host.Books;

/// <summary>Replays one instrument of a market-by-order file up to a moment.</summary>
internal sealed class BookReplay : IDisposable
{
    private const int BufferLength = 64 * 1024;
    private const int ListedMax = 20;

    private readonly string _path;
    private readonly DbnReadOptions _options;
    private readonly CancellationToken _stop;
    private readonly MarketState _market = new();
    private readonly byte[] _buffer = new byte[BufferLength];
    private IMarketSource? _source;
    private long _recordsMax = long.MaxValue;

    /// <param name="options">Its instruments say which one; none = the only one.</param>
    public BookReplay(string path, DbnReadOptions options, CancellationToken stop)
    {
        _path = path;
        _options = options;
        _stop = stop;
    }

    /// <summary>Called after every complete venue event.</summary>
    public delegate void EventHandler(OrderBook book, in MarketByOrder last);

    public delegate void TradeHandler(in MarketByOrder trade);

    /// <summary>Called for every trade, before the event that it belongs to is complete.</summary>
    public TradeHandler? OnTrade { get; init; }

    public OrderBook Book => _market.Books[Instrument];

    public InstrumentId Instrument { get; private set; } = InstrumentId.None;

    public InstrumentDefinition Definition => _source!.Registry[Instrument];

    public BookTrades Trades { get; } = new();

    /// <summary>Market-by-order records of the instrument that were applied.</summary>
    public long Records { get; private set; }

    /// <summary>Receive time of the last of them.</summary>
    public Timestamp Time { get; private set; } = Timestamp.None;

    /// <summary>Replays to the end of the file.</summary>
    public void RunToEnd(Screen screen, EventHandler? onEvent) => Run(screen, onEvent);

    /// <summary>Ends the replay behind the current record; for handlers.</summary>
    public void End() => _recordsMax = Records;

    /// <summary>Replays up to the last complete venue event that was received at or before a time.</summary>
    /// <remarks>Whether an event was complete by then is known only at its last record, so that the file is read twice rather than its events kept.</remarks>
    /// <exception cref="InputException">The file does not reach to that time, or has no complete event by then.</exception>
    public void RunTo(Timestamp time, Screen screen, EventHandler? onEvent)
    {
        _recordsMax = RecordsUntil(time);
        Run(screen, onEvent);
    }

    public void Dispose()
    {
        _source?.Dispose();
        _market.Dispose();
    }

    private IMarketSource Open() => MarketFiles.Open(MarketOptions.Of(_path, _options), new InstrumentRegistry());

    private void Run(Screen screen, EventHandler? onEvent)
    {
        _source = Open();
        using (Progress progress = screen.StartProgress("Replaying"))
        {
            int length;
            while (Records < _recordsMax && (length = _source.Read(_buffer)) > 0)
            {
                _stop.ThrowIfCancellationRequested();
                Apply(_buffer.AsSpan(0, length), onEvent);
                progress.Update(Records, _source.Length > 0 ? (double)_source.Position / _source.Length : double.NaN);
            }
        }
        if (Records == 0) throw NothingFound(_source);
    }

    private void Apply(ReadOnlySpan<byte> messages, EventHandler? onEvent)
    {
        int start = 0, at = 0;
        while (at < messages.Length && Records < _recordsMax)
        {
            ref readonly MessageHeader header = ref Messages.Header(messages[at..]);
            int length = header.Length;
            if (header.Type == MessageType.MarketByOrder)
            {
                ref readonly MarketByOrder message = ref Messages.As<MarketByOrder>(messages[at..]);
                Note(in message);
                if (onEvent is not null && message.IsLast)
                {
                    _market.ApplyBatch(messages[start..(at + length)]);
                    start = at + length;
                    onEvent(Book, in message);
                }
            }
            at += length;
        }
        _market.ApplyBatch(messages[start..at]);
    }

    private void Note(in MarketByOrder message)
    {
        if (message.Header.Instrument != Instrument)
        {
            if (!Instrument.IsNone) throw SeveralFound(message.Header.Instrument);
            Instrument = message.Header.Instrument;
        }
        Records++;
        Time = message.Header.ReceiveTime;
        if (message.Action != BookAction.Trade) return;
        Trades.Note(in message);
        OnTrade?.Invoke(in message);
    }

    private long RecordsUntil(Timestamp time)
    {
        using IMarketSource source = Open();
        long records = 0, complete = 0;
        Timestamp first = Timestamp.None, last = Timestamp.Earliest;
        bool isPast = false;
        int length;
        while (!isPast && (length = source.Read(_buffer)) > 0)
        {
            _stop.ThrowIfCancellationRequested();
            for (int at = 0; at < length && !isPast;)
            {
                ReadOnlySpan<byte> rest = _buffer.AsSpan(at, length - at);
                ref readonly MessageHeader header = ref Messages.Header(rest);
                at += header.Length;
                if (header.Type != MessageType.MarketByOrder) continue;
                ref readonly MarketByOrder message = ref Messages.As<MarketByOrder>(rest);
                bool isReceivedByThen = header.ReceiveTime <= time;
                isPast = !isReceivedByThen && (message.Flags & BookFlags.BadReceiveTime) == 0;
                records++;
                if (message.IsLast && isReceivedByThen) complete = records;
                if (first.IsNone) first = header.ReceiveTime;
                last = Timestamp.Max(last, header.ReceiveTime);
            }
        }
        if (records == 0) throw NothingFound(source);
        ulong stated = source is DbnSource { Header.End: var until } ? until : 0;
        Timestamp end = stated is 0 or > long.MaxValue ? last : Timestamp.Max(last, new Timestamp((long)stated));
        if (!isPast && time > end) throw Outside(time, $"{_path} has nothing after {last}");
        if (complete == 0) throw Outside(time, $"{_path} begins at {first} and has no complete venue event by then");
        return complete;
    }

    private static InputException Outside(Timestamp time, string why) =>
        new("--at", time.ToString(), "a time within the file", $"{why}.");

    private InputException NothingFound(IMarketSource source)
    {
        if (_options.Instruments is [string wanted, ..] && source.OtherInstruments.Count > 0)
            return new InputException("--instrument", $"'{wanted}', which is not in {_path}", "an instrument of the file", $"It has {Listed([.. source.OtherInstruments])}.");
        return new InputException(_path, "no market-by-order records", "a market-by-order file", "Name a file of schema mbo; 'fathom data info' shows what a file holds.");
    }

    /// <summary>Looks on for the instruments that the file has, so that the user can choose.</summary>
    private InputException SeveralFound(InstrumentId second)
    {
        SortedSet<int> found = [Instrument.Index, second.Index];
        int length;
        while (found.Count <= ListedMax && (length = _source!.Read(_buffer)) > 0)
        {
            _stop.ThrowIfCancellationRequested();
            for (ReadOnlySpan<byte> rest = _buffer.AsSpan(0, length); !rest.IsEmpty; rest = rest[Messages.Header(rest).Length..])
                if (Messages.Header(rest).Type == MessageType.MarketByOrder) found.Add(Messages.Header(rest).Instrument.Index);
        }
        List<string> names = [];
        foreach (int index in found) names.Add($"{_source!.Registry[new InstrumentId(index)].Symbol} ({_source.Registry[new InstrumentId(index)].VenueInstrument})");
        return new InputException("--instrument", _options.Instruments.Count == 0 ? "nothing, though the file has several instruments" : "a name that several instruments share",
            "one instrument, by symbol or by the venue's number", $"The file has {Listed(names)}.");
    }

    private static string Listed(List<string> names) =>
        names.Count <= ListedMax ? string.Join(", ", names) : string.Join(", ", CollectionsMarshal.AsSpan(names)[..ListedMax].ToArray()) + " and more";
}
