using Fathom.Domain;
using Fathom.Domain.Books;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Engine.Features;
using Fathom.Engine.Orders;
using Fathom.Engine.Risk;

namespace Fathom.Engine.Loop;

/// <summary>
/// Runs one strategy: wakes it, lets what it wants take effect after each callback, and brings back refusals in rounds of the same input. The one
/// place that catches a strategy's exception; it halts the strategy, whose wants of that callback are dropped and whose live orders are canceled.
/// </summary>
internal sealed class StrategySession
{
    /// <summary>Rounds for one input; a strategy that answers every refusal with another hopeless want would never end.</summary>
    public const int RoundsMax = 64;

    private readonly Strategy _strategy;
    private readonly OverriddenCallbacks _overridden;
    private readonly StrategyContext _context;
    private readonly SessionServices _services;
    private readonly OrderSender _sender;
    private readonly LadderKeeper _ladders;
    private OrderEvent _change;
    private FillEvent _fill;
    private MarketByOrder _trade;
    private TimerEvent _timer;
    private BestPrices _prices;
    private bool _hasKilled;

    public StrategySession(Strategy strategy, StrategyContext context, SessionServices services, ushort number)
    {
        _strategy = strategy;
        _overridden = new OverriddenCallbacks(strategy);
        _context = context;
        _services = services;
        _sender = new OrderSender(context, services, number);
        _ladders = new LadderKeeper(context, services, _sender, number);
    }

    /// <summary>Null while the strategy runs.</summary>
    public StrategyFailure? Failure { get; private set; }

    /// <summary>Orders that were approved and sent.</summary>
    public long OrderCount => _sender.OrderCount;

    /// <summary>Orders, replacements and standing wants that were refused before they left.</summary>
    public long RefusedCount => _sender.RefusedCount;

    /// <summary>What the strategy wrote.</summary>
    public NoteCounts Notes => _context.Notes.Counts;

    /// <summary>When the strategy wants to be woken; None when it does not.</summary>
    public Timestamp NextWake => Failure is null ? _context.Timers.Next : Timestamp.None;

    /// <summary>The strategy was woken since the last step that came to rest.</summary>
    public bool WasWoken { get; set; }

    /// <summary>Something waits for <see cref="Settle"/>.</summary>
    public bool IsUnsettled => _sender.HasNotices || _ladders.IsDue;

    public bool WantsTrades => _overridden.OnTrade;

    /// <summary>What the strategy keeps beyond the session.</summary>
    public KeyValueStore Store => _context.Store;

    public void OnStart() => Wake(StrategyCallback.OnStart, null);

    public void OnStop() => Wake(StrategyCallback.OnStop, null);

    /// <summary>The best prices of a sound book moved.</summary>
    public void OnQuote(in BestPrices prices)
    {
        if (!_overridden.OnQuote) return;
        _prices = prices;
        Wake(StrategyCallback.OnQuote, null);
    }

    /// <summary>A venue event is complete: the book, then the features, then the ladders.</summary>
    /// <param name="isQuotable">The best levels can be quoted against.</param>
    public void OnEvent(IBookView book, bool isQuotable, in BestPrices best)
    {
        if (_overridden.OnBook) Wake(StrategyCallback.OnBook, book);
        if (_overridden.OnFeatures) Wake(StrategyCallback.OnFeatures, book);
        _ladders.NoteMarket(book.Instrument, isQuotable, in best);
    }

    /// <summary>The instrument's terms or its trading state changed outside of a venue event.</summary>
    public void OnInstrument(InstrumentId instrument) => _ladders.NoteInstrument(instrument);

    public void OnTrade(in MarketByOrder trade)
    {
        _trade = trade;
        Wake(StrategyCallback.OnTrade, null);
    }

    /// <param name="isRejection">The venue said no.</param>
    public void OnOrder(in OrderEvent change, OrderOrigin origin, bool isRejection)
    {
        if (origin == OrderOrigin.Ladder) _ladders.NoteOrder(in change, isRejection);
        _change = change;
        Wake(StrategyCallback.OnOrder, null);
    }

    public void OnFill(in FillEvent fill)
    {
        _fill = fill;
        Wake(StrategyCallback.OnFill, null);
    }

    /// <summary>A point of a series has become known.</summary>
    public void OnSeries()
    {
        if (_overridden.OnSeries) Wake(StrategyCallback.OnSeries, null);
    }

    /// <summary>Wakes the strategy for every timer that is due.</summary>
    public void OnTime(Timestamp now)
    {
        long newest = _context.Timers.Newest;
        while (Failure is null && _context.Timers.TryTake(now, newest, out _timer)) Wake(StrategyCallback.OnTimer, null);
    }

    /// <summary>Brings ladders up to date and delivers refusals, round by round until there are none, at the end of a step.</summary>
    public void Settle()
    {
        for (int round = 1; IsUnsettled; round++)
        {
            if (round > RoundsMax)
            {
                Halt(StrategyCallback.OnOrder, $"more than {RoundsMax} rounds of refusals for one input", "");
                return;
            }
            if (_ladders.IsDue) _ladders.Reconcile();
            _sender.BeginDelivery();
            while (_sender.TryDeliver(out _change)) Wake(StrategyCallback.OnOrder, null);
        }
    }

    /// <summary>True once for each time that the strategy turned the kill switch on.</summary>
    public bool TakeKill()
    {
        bool hasKilled = _hasKilled;
        _hasKilled = false;
        return hasKilled;
    }

    /// <summary>Pulls all ladders and cancels all live orders.</summary>
    public void CancelAll()
    {
        _ladders.WithdrawAll();
        _sender.CancelAll();
    }

    private void Wake(StrategyCallback callback, IBookView? book)
    {
        if (Failure is not null) return;
        WasWoken = true;
        try
        {
            switch (callback)
            {
                case StrategyCallback.OnBook: _strategy.OnBook(_context, book!); break;
                case StrategyCallback.OnFeatures: _strategy.OnFeatures(_context, _context.Features(book!.Instrument)); break;
                case StrategyCallback.OnQuote: _strategy.OnQuote(_context, in _prices); break;
                case StrategyCallback.OnTrade: _strategy.OnTrade(_context, in _trade); break;
                case StrategyCallback.OnOrder: _strategy.OnOrder(_context, in _change); break;
                case StrategyCallback.OnFill: _strategy.OnFill(_context, in _fill); break;
                case StrategyCallback.OnTimer: _strategy.OnTimer(_context, in _timer); break;
                case StrategyCallback.OnSeries: _strategy.OnSeries(_context, _context.Series.Arrived); break;
                case StrategyCallback.OnStart: _strategy.OnStart(_context); break;
                case StrategyCallback.OnStop: _strategy.OnStop(_context); break;
            }
        }
        catch (Exception exception) when (exception is not InvariantException && !_context.Notes.HasFailed)
        {
            Halt(callback, $"{exception.GetType().Name}: {exception.Message}", exception.ToString());
            return;
        }
        Invariant.Require(!_context.Notes.HasFailed, "an observer that fails ends the run, though a strategy caught its exception");
        if (_context.WantCount > 0) TakeEffect();
    }

    // ---- wants

    private void TakeEffect()
    {
        foreach (ref readonly Want want in _context.Wants)
        {
            switch (want.Kind)
            {
                case WantKind.Submit: Submit(in want); break;
                case WantKind.Replace: Replace(in want); break;
                case WantKind.Cancel: Cancel(want.Order); break;
                case WantKind.Quote: Quote(want.Intent.Instrument); break;
                case WantKind.Withdraw: _ladders.Withdraw(want.Intent.Instrument); break;
                case WantKind.Kill: _hasKilled |= _services.KillSwitch.TryTurnOn(_context.Clock); break;
            }
        }
        _context.ClearWants();
    }

    private void Submit(in Want want)
    {
        OrderIntent intent = want.Intent;
        if (_ladders.Owns(intent.Instrument)) _sender.Refuse(want.Order, in intent, OthersStand(WantKind.Submit, WantKind.Quote));
        else _sender.Submit(want.Order, in intent, OrderOrigin.Intent);
    }

    private void Replace(in Want want)
    {
        if (!_sender.TryFind(want.Order, out Order order)) _sender.TellNotLive(want.Order);
        else if (order.Origin == OrderOrigin.Intent) _sender.Replace(order, want.Intent.Price, want.Intent.Quantity);
        else _sender.TellNotReplaced(order, want.Intent.Price, want.Intent.Quantity, OthersStand(WantKind.Replace, WantKind.Quote));
    }

    private void Cancel(ClientOrderId id)
    {
        if (_sender.TryFind(id, out Order order)) _sender.Cancel(order);
        else _sender.TellNotLive(id);
    }

    private void Quote(InstrumentId instrument)
    {
        if (_sender.HasLive(instrument, OrderOrigin.Intent)) _sender.Refuse(instrument, OthersStand(WantKind.Quote, WantKind.Submit));
        else _ladders.Stand(instrument);
    }

    /// <summary>One owner per instrument: another form of want has to be withdrawn first.</summary>
    private static Refusal OthersStand(WantKind asked, WantKind standing) => new(ReasonCode.OtherWantsStand, (long)asked, (long)standing);

    private void Halt(StrategyCallback callback, string message, string details)
    {
        Failure = new StrategyFailure(_services.Input.Number, _services.Input.Type, _services.Input.Instrument, _context.Clock, callback, message, details);
        _context.ClearWants();
        _sender.DropNotices();
        CancelAll();
        _ladders.Forget();
    }
}
