using Fathom.Domain;
using Fathom.Domain.Books;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Engine.Execution;
using Fathom.Engine.Features;
using Fathom.Engine.Orders;
using Fathom.Engine.Risk;

namespace Fathom.Engine.Loop;

/// <summary>
/// Runs one strategy: wakes it, lets what it wants take effect after each callback, keeps its quote ladders, and brings back refusals in rounds of the same input. The one
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
    private readonly LadderReconciler _reconciler = new();
    private readonly ushort _number;
    private Queue<OrderEvent> _notices = new();
    private Queue<OrderEvent> _delivering = new();
    private OrderEvent _change;
    private FillEvent _fill;
    private MarketByOrder _trade;
    private TimerEvent _timer;
    private BestPrices _prices;
    private bool _isLadderDue;
    private bool _hasKilled;

    public StrategySession(Strategy strategy, StrategyContext context, SessionServices services, ushort number)
    {
        _strategy = strategy;
        _overridden = new OverriddenCallbacks(strategy);
        _context = context;
        _services = services;
        _number = number;
    }

    /// <summary>Null while the strategy runs.</summary>
    public StrategyFailure? Failure { get; private set; }

    /// <summary>Orders that were approved and sent.</summary>
    public long OrderCount { get; private set; }

    /// <summary>Orders, replacements and ladders that were refused before they left.</summary>
    public long RefusedCount { get; private set; }

    /// <summary>When the strategy wants to be woken; None when it does not.</summary>
    public Timestamp NextWake => Failure is null ? _context.Timers.Next : Timestamp.None;

    /// <summary>The strategy was woken since the last step that came to rest.</summary>
    public bool WasWoken { get; set; }

    /// <summary>Something waits for <see cref="Settle"/>.</summary>
    public bool IsUnsettled => _notices.Count > 0 || _isLadderDue;

    public bool WantsTrades => _overridden.OnTrade;

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
        if (_context.Ladder(book.Instrument) is not { } ladder) return;
        ladder.NoteMarket(isQuotable, in best);
        _isLadderDue |= ladder.IsDue;
    }

    /// <summary>The instrument's terms or its trading state changed outside of a venue event.</summary>
    public void OnInstrument(InstrumentId instrument)
    {
        if (_context.Ladder(instrument) is not { } ladder) return;
        bool isQuotable = _services.IsQuotable(instrument, out BestPrices best);
        if (!isQuotable || !_services.Market.Books[instrument].IsEventOpen) ladder.NoteMarket(isQuotable, in best);
        MakeDue(ladder);
    }

    public void OnTrade(in MarketByOrder trade)
    {
        _trade = trade;
        Wake(StrategyCallback.OnTrade, null);
    }

    /// <param name="isRejection">The venue said no.</param>
    public void OnOrder(in OrderEvent change, bool isQuote, bool isRejection)
    {
        if (isQuote) NoteQuoteChange(in change, isRejection);
        _change = change;
        Wake(StrategyCallback.OnOrder, null);
    }

    public void OnFill(in FillEvent fill)
    {
        _fill = fill;
        Wake(StrategyCallback.OnFill, null);
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
            if (_isLadderDue) ReconcileLadders();
            (_notices, _delivering) = (_delivering, _notices);
            while (_delivering.TryDequeue(out OrderEvent notice))
            {
                _change = notice;
                Wake(StrategyCallback.OnOrder, null);
            }
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
        WithdrawAll();
        for (int index = 0; index < _services.Blotter.InstrumentCount; index++)
            for (Order? order = _services.Blotter.First(new InstrumentId(index)); order is not null; order = order.Next)
                if (order.Strategy == _number) SendCancel(order);
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
                case StrategyCallback.OnStart: _strategy.OnStart(_context); break;
                case StrategyCallback.OnStop: _strategy.OnStop(_context); break;
            }
        }
        catch (Exception exception) when (exception is not InvariantException)
        {
            Halt(callback, $"{exception.GetType().Name}: {exception.Message}", exception.ToString());
            return;
        }
        if (_context.WantCount > 0) TakeEffect();
    }

    // ---- wants

    private void TakeEffect()
    {
        foreach (ref readonly Want want in _context.Wants)
        {
            switch (want.Kind)
            {
                case WantKind.Submit: SubmitIntent(in want); break;
                case WantKind.Replace: ReplaceIntent(in want); break;
                case WantKind.Cancel: Cancel(want.Order); break;
                case WantKind.Quote: StandLadder(want.Intent.Instrument); break;
                case WantKind.Withdraw: WithdrawLadder(want.Intent.Instrument); break;
                case WantKind.Kill: _hasKilled |= _services.KillSwitch.TryTurnOn(_context.Clock); break;
            }
        }
        _context.ClearWants();
    }

    private void SubmitIntent(in Want want)
    {
        OrderIntent intent = want.Intent;
        if (IsQuoted(intent.Instrument)) Refuse(want.Order, in intent, new Refusal(ReasonCode.OtherWantsStand, (long)WantKind.Submit, (long)WantKind.Quote));
        else Submit(want.Order, in intent, isQuote: false);
    }

    /// <returns>The refusal, which was told already, or none.</returns>
    private Refusal Submit(ClientOrderId id, in OrderIntent intent, bool isQuote)
    {
        Refusal refusal = _services.Executor.Submit(id, in intent, isQuote, _number, _context.Clock, out ApprovedCommand approved);
        if (!refusal.IsNone)
        {
            Refuse(id, in intent, refusal);
            return refusal;
        }
        OrderCount++;
        _services.Marks.Watch(intent.Instrument, _context.Clock);
        bool isLive = _services.Blotter.TryFind(id, out Order? order);
        Invariant.Require(isLive, "an approved order is live");
        _services.Queue.NoteSent(order!);
        _services.Outbox.Post(approved);
        PublishTransition(order!, OrderStatus.None);
        return refusal;
    }

    private void ReplaceIntent(in Want want)
    {
        if (!_services.Blotter.TryFind(want.Order, out Order? order) || order.Strategy != _number)
        {
            TellNotLive(want.Order);
            return;
        }
        if (order.IsQuote) TellNotReplaced(order, want.Intent.Price, want.Intent.Quantity, new Refusal(ReasonCode.OtherWantsStand, (long)WantKind.Replace, (long)WantKind.Quote));
        else Replace(order, want.Intent.Price, want.Intent.Quantity);
    }

    private Refusal Replace(Order order, Price price, Quantity quantity)
    {
        OrderStatus from = order.Status;
        Refusal refusal = _services.Executor.Replace(order, price, quantity, _context.Clock, out ApprovedCommand approved);
        if (!refusal.IsNone)
        {
            TellNotReplaced(order, price, quantity, refusal);
            return refusal;
        }
        _services.Queue.NoteSent(order);
        _services.Outbox.Post(approved);
        PublishTransition(order, from);
        return refusal;
    }

    private void Cancel(ClientOrderId id)
    {
        if (_services.Blotter.TryFind(id, out Order? order) && order.Strategy == _number) SendCancel(order);
        else TellNotLive(id);
    }

    private void SendCancel(Order order)
    {
        OrderStatus from = order.Status;
        if (!_services.Executor.TryCancel(order, _context.Clock, out ApprovedCommand approved)) return;
        _services.Outbox.Post(approved);
        PublishTransition(order, from);
    }

    // ---- ladders

    private bool IsQuoted(InstrumentId instrument)
    {
        if (_context.Ladder(instrument) is not { } ladder) return false;
        return ladder.IsStanding || HasLive(instrument, isQuote: true);
    }

    private bool HasLive(InstrumentId instrument, bool isQuote)
    {
        for (Order? order = _services.Blotter.First(instrument); order is not null; order = order.Next)
            if (order.Strategy == _number && order.IsQuote == isQuote) return true;
        return false;
    }

    private void StandLadder(InstrumentId instrument)
    {
        if (HasLive(instrument, isQuote: false))
        {
            OrderIntent nothing = new(instrument, Side.None, Quantity.None, Price.None);
            Refuse(ClientOrderId.None, in nothing, new Refusal(ReasonCode.OtherWantsStand, (long)WantKind.Quote, (long)WantKind.Submit));
            return;
        }
        StandingLadder ladder = _context.Ladder(instrument)!;
        if (!ladder.IsStanding) ladder.NoteMarket(_services.IsQuotable(instrument, out BestPrices best), in best);
        ladder.Stand();
        MakeDue(ladder);
    }

    private void WithdrawLadder(InstrumentId instrument)
    {
        if (_context.Ladder(instrument) is not { IsStanding: true } ladder) return;
        ladder.Withdraw();
        MakeDue(ladder);
    }

    private void WithdrawAll()
    {
        foreach (StandingLadder? ladder in _context.Ladders)
            if (ladder is not null) WithdrawLadder(ladder.Instrument);
    }

    /// <summary>One of the ladder's orders changed. What was refused or rejected is not tried again before the market or the ladder moves.</summary>
    private void NoteQuoteChange(in OrderEvent change, bool isRejection)
    {
        if (_context.Ladder(change.Header.Instrument) is not { } ladder) return;
        if (isRejection) ladder.Block(change.Side);
        MakeDue(ladder);
    }

    private void MakeDue(StandingLadder ladder)
    {
        ladder.IsDue = true;
        _isLadderDue = true;
    }

    private void ReconcileLadders()
    {
        _isLadderDue = false;
        foreach (StandingLadder? ladder in _context.Ladders)
        {
            if (ladder is not { IsDue: true }) continue;
            ladder.IsDue = false;
            Reconcile(ladder);
        }
    }

    private void Reconcile(StandingLadder ladder)
    {
        ref readonly InstrumentDefinition definition = ref _context.Instrument(ladder.Instrument);
        foreach (LadderAction action in _reconciler.Reconcile(ladder, _services.Blotter.First(ladder.Instrument), _number, in definition))
        {
            if (action.Kind == WantKind.Submit)
            {
                OrderIntent intent = new(ladder.Instrument, action.Side, action.Quantity, action.Price) { PostOnly = true };
                if (!Submit(_context.NextId(), in intent, isQuote: true).IsNone) ladder.Block(action.Side);
                continue;
            }
            bool isLive = _services.Blotter.TryFind(action.Order, out Order? order);
            Invariant.Require(isLive, "a ladder's action is about a live order");
            if (action.Kind == WantKind.Cancel) SendCancel(order!);
            else if (!Replace(order!, action.Price, action.Quantity).IsNone) ladder.Block(action.Side);
        }
    }

    // ---- what the strategy is told

    private void PublishTransition(Order order, OrderStatus from)
    {
        OrderEvent change = OrderEvents.Transition(order, from, ReasonCode.None, _services.Account, _context.Clock, _context.Clock);
        _services.Publisher.Publish(ref change);
    }

    private void Refuse(ClientOrderId id, in OrderIntent intent, Refusal refusal)
    {
        RefusedCount++;
        Notify(OrderEvents.Refused(id, in intent, refusal, _number, _services.Account, _context.Clock));
    }

    private void TellNotReplaced(Order order, Price price, Quantity quantity, Refusal refusal)
    {
        RefusedCount++;
        Notify(OrderEvents.NotReplaced(order, price, quantity, refusal, _services.Account, _context.Clock));
    }

    private void TellNotLive(ClientOrderId id)
    {
        ReasonCode reason = id.Strategy == _number && _services.Blotter.IsOurs(id) ? ReasonCode.TooLate : ReasonCode.UnknownOrder;
        Notify(OrderEvents.NotLive(id, reason, _number, _services.Account, _context.Clock));
    }

    private void Notify(OrderEvent notice)
    {
        _services.Publisher.Publish(ref notice);
        _notices.Enqueue(notice);
    }

    private void Halt(StrategyCallback callback, string message, string details)
    {
        Failure = new StrategyFailure(_services.Input.Number, _services.Input.Type, _services.Input.Instrument, _context.Clock, callback, message, details);
        _context.ClearWants();
        _notices.Clear();
        _delivering.Clear();
        CancelAll();
        // Nobody asks for anything any more: the ladders' orders were canceled with the others.
        foreach (StandingLadder? ladder in _context.Ladders)
            if (ladder is not null) ladder.IsDue = false;
        _isLadderDue = false;
    }
}
