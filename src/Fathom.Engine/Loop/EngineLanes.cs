using System.Runtime.CompilerServices;
using Fathom.Domain;
using Fathom.Domain.Messages;
using Fathom.Domain.Ports;
using Fathom.Domain.Values;

namespace Fathom.Engine.Loop;

/// <summary>Engines that must not influence each other on one reading of the tape: the market side is worked out once, and an engine that a message cannot concern does not
/// see it at all.</summary>
/// <remarks>
/// Each engine ends with the bytes that it would have ended with alone. Of most messages nothing comes but the books, which are the stage's; what an engine has to know of
/// them is their number and their bytes, for its fingerprint. So they are left lying, and an engine takes them all at once before anything happens to it:
/// <code>
///   block      │ m m m m m m m │ m m │ m m m m m …
///   engine 1     ╰──passed───╯ ▲      best price moved: all take part
///   engine 2     ╰passed╯ report ╰──▶
/// </code>
/// An engine takes part in an event that moved a best price or changed whether the book can be quoted in, in every event while it listens to books or features or waits for a
/// place in a queue, and in everything that is not an ordinary message about orders.
/// </remarks>
public sealed class EngineLanes : IDisposable
{
    private readonly MarketStage _stage;
    private readonly Duration _tradeWindow;
    private readonly List<Lane> _lanes = [];
    private Timestamp _clock = Timestamp.Earliest;
    private Timestamp _clockBefore = Timestamp.Earliest;      // without the newest message
    private Timestamp _openingDue = Timestamp.Earliest;
    private Timestamp _start;
    private bool _wantsTrades;
    private bool _hasHints;      // among the messages of the block

    /// <param name="tradeWindow">How far back trades count for the trade imbalance, the same for all.</param>
    public EngineLanes(Duration tradeWindow)
    {
        _tradeWindow = tradeWindow;
        _stage = new MarketStage(tradeWindow);
    }

    public int Count => _lanes.Count;

    /// <summary>An engine; its own inputs are led to it through <see cref="StepOwn"/>.</summary>
    public TradingEngine this[int lane] => _lanes[lane].Engine;

    /// <summary>The market as the engines have seen it.</summary>
    public MarketStage Stage => _stage;

    /// <summary>Receive time of the tape's newest message, never going back.</summary>
    public Timestamp Clock => _clock;

    /// <summary>A new engine, before the first message.</summary>
    /// <exception cref="ArgumentException">Its options are of another market than those of the engines before it.</exception>
    public TradingEngine Add(EngineOptions options, IVenue venue, params IReadOnlyList<IRunObserver> subscribers)
    {
        bool isSame = options.TradeWindow == _tradeWindow && (_lanes.Count == 0 || options.Start == _start);
        if (!isSame) throw new ArgumentException("Engines on one reading begin at the same time and count trades over the same window.", nameof(options));
        _start = options.Start;
        TradingEngine engine = new(options, venue, _stage, subscribers);
        _lanes.Add(new Lane(engine));
        engine.NoteWants();
        _wantsTrades |= engine.WantsTrades;
        return engine;
    }

    /// <summary>Takes the next message of the tape.</summary>
    /// <param name="block">Messages back to back; the engines look back at those that they passed, to the block's beginning or where <see cref="EndBlock"/> was called last.</param>
    /// <param name="at">Where in the block the message begins.</param>
    /// <returns>True when an engine took part: its commands may have left and its wish to be woken may have changed.</returns>
    public bool Step(ReadOnlySpan<byte> block, int at)
    {
        ref readonly MessageHeader header = ref Messages.Header(block[at..]);
        Timestamp time = header.ReceiveTime;
        _clockBefore = _clock;
        bool isClock = header.Type != MessageType.SeriesPoint || _lanes[0].Engine.HasBegun;
        if (time > _clock && !time.IsNone && isClock) _clock = time;
        bool isOrdinary = header.Type == MessageType.MarketByOrder;
        if (!isOrdinary) return StepOther(block, at, header.Length);
        bool isOpeningDue = _clock >= _openingDue;
        if (isOpeningDue) OpenAll(block, at, header.Length);
        return StepOrdinary(block, at, isOpeningDue);
    }

    /// <summary>Leads an input of its own to an engine: a report, or the time that it waited for.</summary>
    /// <param name="block">As in <see cref="Step"/>.</param>
    /// <param name="at">Behind the newest message of the block that was taken.</param>
    /// <param name="message">Exactly one whole message.</param>
    public void StepOwn(int lane, ReadOnlySpan<byte> block, int at, ReadOnlySpan<byte> message)
    {
        Lane own = _lanes[lane];
        Pass(own, block, at, _clock);
        own.Engine.Step(message);
        own.Engine.NoteWants();
        NoteWants(own);
    }

    /// <summary>All messages up to here were taken, and the block is going to be another.</summary>
    public void EndBlock(ReadOnlySpan<byte> block, int at)
    {
        foreach (Lane lane in _lanes)
        {
            Pass(lane, block, at, _clock);
            lane.Passed = 0;
        }
        _hasHints = false;
    }

    public void Dispose()
    {
        foreach (Lane lane in _lanes) lane.Engine.Dispose();
        _stage.Dispose();
    }

    private bool StepOther(ReadOnlySpan<byte> block, int at, int length)
    {
        ReadOnlySpan<byte> message = block.Slice(at, length);
        OpenAll(block, at, length);
        _stage.TakeOther(message);
        foreach (Lane lane in _lanes)
        {
            lane.Engine.FollowOther(message);
            Close(lane, isDue: true);
        }
        return true;
    }

    private bool StepOrdinary(ReadOnlySpan<byte> block, int at, bool isOpen)
    {
        ref readonly MarketByOrder record = ref Messages.As<MarketByOrder>(block[at..]);
        _hasHints |= record.SlotHint != 0;
        _stage.Take(in record, _clock);
        bool isRare = _stage.IsRare && (record.Action != BookAction.Trade || _wantsTrades);
        if (isRare)
        {
            if (!isOpen) OpenAll(block, at, Unsafe.SizeOf<MarketByOrder>());
            isOpen = true;
            foreach (Lane lane in _lanes) lane.Engine.FollowRare(in record);
        }
        if (record.IsLast) return StepEvent(block, at, in record, isOpen);
        if (!isOpen) return false;
        foreach (Lane lane in _lanes) Close(lane, _stage.IsRare);
        return true;
    }

    private bool StepEvent(ReadOnlySpan<byte> block, int at, in MarketByOrder record, bool isOpen)
    {
        _stage.Complete(in record.Header);
        bool isForAll = isOpen || _stage.IsMoved || _stage.IsChanged, isAny = isForAll;
        foreach (Lane lane in _lanes)
        {
            if (!isForAll && !lane.Engine.WantsEvents) continue;
            isAny = true;
            if (!isOpen) Open(lane, block, at, Unsafe.SizeOf<MarketByOrder>());
            lane.Engine.FollowEvent(record.Header.Instrument);
            Close(lane, isDue: true);
        }
        return isAny;
    }

    /// <summary>The engines' clocks come to a message before the stage takes it: who starts by it, or tells its equity, still sees the market before it.</summary>
    private void OpenAll(ReadOnlySpan<byte> block, int at, int length)
    {
        _openingDue = Timestamp.None;      // whoever closes the step says when the next one is
        foreach (Lane lane in _lanes)
        {
            Open(lane, block, at, length);
            lane.Engine.NoteWants();
            _wantsTrades |= lane.Engine.WantsTrades;      // who is woken by the time of this very message may ask for its trade
        }
    }

    private void Close(Lane lane, bool isDue)
    {
        lane.Engine.Close(isDue);
        NoteWants(lane);
    }

    private void NoteWants(Lane lane)
    {
        _openingDue = Timestamp.Min(_openingDue, lane.Engine.OpeningDue);
        _wantsTrades |= lane.Engine.WantsTrades;
    }

    private void Open(Lane lane, ReadOnlySpan<byte> block, int at, int length)
    {
        Pass(lane, block, at, _clockBefore);
        lane.Engine.Open(block.Slice(at, length));
        lane.Passed = at + length;
    }

    /// <summary>Lets the engine take what it has let pass so far.</summary>
    private void Pass(Lane lane, ReadOnlySpan<byte> block, int at, Timestamp clock)
    {
        if (lane.Passed < at) lane.Engine.Pass(block[lane.Passed..at], clock, _hasHints);
        lane.Passed = at;
    }

    /// <summary>An engine and how far into the block it has come.</summary>
    private sealed class Lane(TradingEngine engine)
    {
        public TradingEngine Engine { get; } = engine;

        /// <summary>Bytes of the block that it has taken.</summary>
        public int Passed { get; set; }
    }
}
