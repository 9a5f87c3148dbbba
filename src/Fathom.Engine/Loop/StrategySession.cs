using Fathom.Domain;
using Fathom.Domain.Books;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Engine.Execution;
using Fathom.Engine.Orders;
using Fathom.Engine.Risk;

namespace Fathom.Engine.Loop;

/// <summary>
/// Runs one strategy: wakes it, lets what it wants take effect after each callback, and brings back refusals in rounds of the same input. The one place that
/// catches a strategy's exception; it halts the strategy, whose wants of that callback are dropped and whose live orders are canceled.
/// </summary>
internal sealed class StrategySession
{
    /// <summary>Rounds for one input; a strategy that answers every refusal with another hopeless want would never end.</summary>
    public const int RoundsMax = 64;

    private readonly Strategy _strategy;
    private readonly StrategyContext _context;
    private readonly OrderBlotter _blotter;
    private readonly IntentExecutor _executor;
    private readonly Outbox _outbox;
    private readonly Publisher _publisher;
    private readonly ushort _number;
    private readonly ushort _account;
    private Queue<OrderEvent> _notices = new();
    private Queue<OrderEvent> _delivering = new();
    private OrderEvent _change;
    private FillEvent _fill;

    public StrategySession(
        Strategy strategy, StrategyContext context, OrderBlotter blotter, IntentExecutor executor, Outbox outbox, Publisher publisher, ushort number, ushort account)
    {
        _strategy = strategy;
        _context = context;
        _blotter = blotter;
        _executor = executor;
        _outbox = outbox;
        _publisher = publisher;
        _number = number;
        _account = account;
    }

    /// <summary>Null while the strategy runs.</summary>
    public StrategyFailure? Failure { get; private set; }

    /// <summary>Orders that were approved and sent.</summary>
    public long OrderCount { get; private set; }

    /// <summary>Orders that the gate refused.</summary>
    public long RefusedCount { get; private set; }

    /// <summary>Number of the input whose step runs, for the record of a failure.</summary>
    public long Input { get; set; }

    public void OnStart() => Wake(StrategyCallback.OnStart, null);

    public void OnBook(IBookView book) => Wake(StrategyCallback.OnBook, book);

    public void OnStop() => Wake(StrategyCallback.OnStop, null);

    public void OnOrder(in OrderEvent change)
    {
        _change = change;
        Wake(StrategyCallback.OnOrder, null);
    }

    public void OnFill(in FillEvent fill)
    {
        _fill = fill;
        Wake(StrategyCallback.OnFill, null);
    }

    /// <summary>Delivers refusals round by round until there are none, at the end of a step.</summary>
    public void Settle()
    {
        for (int round = 1; _notices.Count > 0; round++)
        {
            if (round > RoundsMax)
            {
                Halt(StrategyCallback.OnOrder, $"more than {RoundsMax} rounds of refusals for one input", "");
                return;
            }
            (_notices, _delivering) = (_delivering, _notices);
            while (_delivering.TryDequeue(out OrderEvent notice)) OnOrder(in notice);
        }
    }

    private void Wake(StrategyCallback callback, IBookView? book)
    {
        if (Failure is not null) return;
        try
        {
            switch (callback)
            {
                case StrategyCallback.OnBook: _strategy.OnBook(_context, book!); break;
                case StrategyCallback.OnOrder: _strategy.OnOrder(_context, in _change); break;
                case StrategyCallback.OnFill: _strategy.OnFill(_context, in _fill); break;
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

    private void TakeEffect()
    {
        foreach (ref readonly Want want in _context.Wants)
        {
            if (want.IsCancel) Cancel(want.Order);
            else Submit(want);
        }
        _context.ClearWants();
    }

    private void Submit(in Want want)
    {
        Refusal refusal = _executor.Submit(want, _number, _context.Clock, out ApprovedCommand approved);
        if (!refusal.IsNone)
        {
            RefusedCount++;
            Notify(OrderEvents.Refused(want, refusal, _number, _account, _context.Clock));
            return;
        }
        OrderCount++;
        _outbox.Post(approved);
        bool isLive = _blotter.TryFind(want.Order, out Order? order);
        Invariant.Require(isLive, "an approved order is live");
        PublishTransition(order!, OrderStatus.None);
    }

    private void Cancel(ClientOrderId id)
    {
        if (_blotter.TryFind(id, out Order? order) && order.Strategy == _number)
        {
            SendCancel(order);
            return;
        }
        ReasonCode reason = id.Strategy == _number && _blotter.IsOurs(id) ? ReasonCode.TooLate : ReasonCode.UnknownOrder;
        Notify(OrderEvents.NothingToCancel(id, reason, _number, _account, _context.Clock));
    }

    private void SendCancel(Order order)
    {
        OrderStatus from = order.Status;
        if (!_executor.TryCancel(order, _context.Clock, out ApprovedCommand approved)) return;
        _outbox.Post(approved);
        PublishTransition(order, from);
    }

    private void PublishTransition(Order order, OrderStatus from)
    {
        OrderEvent change = OrderEvents.Transition(order, from, ReasonCode.None, _account, _context.Clock, _context.Clock);
        _publisher.Publish(ref change);
    }

    private void Notify(OrderEvent notice)
    {
        _publisher.Publish(ref notice);
        _notices.Enqueue(notice);
    }

    private void Halt(StrategyCallback callback, string message, string details)
    {
        Failure = new StrategyFailure(Input, _context.Clock, callback, message, details);
        _context.ClearWants();
        _notices.Clear();
        _delivering.Clear();
        for (int index = 0; index < _blotter.InstrumentCount; index++)
            for (Order? order = _blotter.First(new InstrumentId(index)); order is not null; order = order.Next)
                if (order.Strategy == _number) SendCancel(order);
    }
}
