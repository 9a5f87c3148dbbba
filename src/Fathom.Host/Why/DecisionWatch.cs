using Fathom.Domain;
using Fathom.Domain.Messages;
using Fathom.Domain.Ports;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Engine.Loop;
using Fathom.Engine.Orders;

namespace Fathom.Host.Why;

/// <summary>
/// Watches an engine that runs again what it ran before, and keeps the one decision that is asked for: the step in which an order was first decided about, or the last one that was not later than a
/// moment, in which anybody decided anything, risk included; and from there on what became of its orders.
/// </summary>
/// <remarks>
/// Up to the moment from which on something is known to come it looks at nothing. From then on it takes a picture at each step's first word (what is known is still as it was), and drops it where the step was not meant.
/// <code>
///   full speed ──────────▶ from │ picture, dropped │ picture, kept ──▶ stories of its orders ──▶ done: nothing more can come
/// </code>
/// </remarks>
internal sealed class DecisionWatch(WhyQuestion question, ClientOrderId order, Timestamp from, IReadOnlyList<string> owners) : IDecisionTrace, IMessageSink
{
    private readonly Dictionary<ClientOrderId, OrderStory> _stories = [];
    private TradingEngine _engine = null!;
    private DecisionCamera _camera = null!;
    private readonly List<byte[]> _published = [];      // in the step that runs, before anybody wanted something: what woke them
    private long _publishedIn;
    private Decision? _step;      // that runs, where it is looked at
    private bool _isMeant;
    private bool _isFound;

    /// <summary>The decision that is asked for, or the last one before it so far; null while there was none.</summary>
    public Decision? Found { get; private set; }

    /// <summary>What became of the orders that were judged in it, in that order; the one that is asked for alone where one is.</summary>
    public IReadOnlyCollection<OrderStory> Stories => _stories.Values;

    /// <summary>The first decision that fits but for its time: for who asks about a moment before it. None where there was none.</summary>
    public Timestamp FirstLater { get; private set; } = Timestamp.None;

    /// <summary>Everything is known: the replay may stop.</summary>
    public bool IsDone { get; private set; }

    /// <summary>Begins to watch; before the engine's first input.</summary>
    public void Attach(TradingEngine engine)
    {
        _engine = engine;
        _camera = new DecisionCamera(engine, owners, question.Levels);
        engine.Trace = this;
    }

    /// <summary>The clock has come to this time: nothing that is asked for comes any more where it is later.</summary>
    public void NoteClock(Timestamp clock)
    {
        if (question.IsOfOrder || clock <= question.Time) return;
        _isFound = Found is not null;
        LookWhetherDone();
    }

    // ---- what the engine shows

    public void OnWants(ushort strategy, StrategyCallback callback, ReadOnlySpan<Want> wants)
    {
        if (!IsLookedAt()) return;
        foreach (ref readonly Want want in wants)
        {
            InstrumentId instrument = _camera.InstrumentOf(in want);
            _camera.Take(_step!, strategy, instrument);
            _step!.Wants.Add(_camera.WantOf(strategy, instrument, callback, in want));
            Consider(strategy, instrument, want.Order);
        }
    }

    public void OnJudging(in OrderCommand command, OrderOrigin origin, bool isChild)
    {
        if (_isFound && !IsInStep)
        {
            if (_stories.TryGetValue(command.ClientOrderId, out OrderStory? story)) story.Judgements.Add(Judge(in command, origin, isChild));
            return;
        }
        if (!IsLookedAt()) return;
        InstrumentId instrument = command.Header.Instrument;
        _camera.Take(_step!, command.Output.Strategy, instrument);
        _step!.Judgements.Add(Judge(in command, origin, isChild));
        Consider(command.Output.Strategy, instrument, command.ClientOrderId);
    }

    public void OnRest()
    {
        if (!IsInStep) return;
        if (_isMeant) _camera.TakeStanding(_step!);
        if (_isMeant && question.IsOfOrder) _isFound = true;
        LookWhetherDone();
    }

    /// <summary>Takes what the engine publishes, in order.</summary>
    public void Write(ReadOnlySpan<byte> messages)
    {
        MessageType type = Messages.Header(messages).Type;
        if (type == MessageType.QuoteEvent) return;
        switch (type)
        {
            case MessageType.OrderCommand: Consider(in Messages.As<OrderCommand>(messages)); break;
            case MessageType.OrderEvent: Consider(in Messages.As<OrderEvent>(messages)); break;
            case MessageType.RiskStateEvent: ConsiderRisk(Messages.As<RiskStateEvent>(messages).Output.Strategy, Messages.Header(messages).Instrument); break;
            case MessageType.KillEvent: ConsiderRisk(Messages.As<KillEvent>(messages).Output.Strategy, Messages.Header(messages).Instrument); break;
            case MessageType.ModeEvent: ConsiderRisk(Messages.As<ModeEvent>(messages).Output.Strategy, InstrumentId.None); break;
        }
        if (IsInStep) NoteInStep(type, messages);
        else if (!_isFound && _engine.Clock >= from) Keep(messages);
        ClientOrderId about = AboutOf(type, messages);
        if (!about.IsNone && _stories.TryGetValue(about, out OrderStory? story)) Tell(story, type, messages);
    }

    // ---- the step that runs

    private bool IsInStep => _step is not null && _step.Input == _engine.InputCount;

    /// <summary>Makes the step's picture at its first word.</summary>
    private bool IsLookedAt()
    {
        if (IsInStep) return true;
        _step = null;
        NoteClock(_engine.Clock);
        if (_isFound || _engine.Clock < from) return false;
        if (!question.IsOfOrder && _engine.Clock > question.Time)
        {
            // Behind the moment nothing is kept; that there is something is worth telling.
            if (FirstLater.IsNone) FirstLater = _engine.Clock;
            IsDone = true;
            return false;
        }
        _step = _camera.NewDecision();
        if (_publishedIn == _step.Input) _step.Published.AddRange(_published);
        _isMeant = false;
        return true;
    }

    /// <summary>A command left. A cancel is not judged, and a ladder's or one whose time has come is nobody's want of this step.</summary>
    private void Consider(in OrderCommand command)
    {
        bool isOfOrder = command.Kind is CommandKind.Submit or CommandKind.Replace or CommandKind.Cancel && command.Output.Strategy != TradingEngine.ExternalStrategy;
        if (!isOfOrder || !IsLookedAt()) return;
        _camera.Take(_step!, command.Output.Strategy, command.Header.Instrument);
        Consider(command.Output.Strategy, command.Header.Instrument, command.ClientOrderId);
    }

    /// <summary>An order begins. One that an exit places and we hold is nobody's want, and not judged yet.</summary>
    private void Consider(in OrderEvent change)
    {
        bool isHeld = change.To == OrderStatus.Held && change.From == OrderStatus.None && change.Output.Strategy != TradingEngine.ExternalStrategy;
        if (!isHeld || !IsLookedAt()) return;
        _camera.Take(_step!, change.Output.Strategy, change.Header.Instrument);
        Consider(change.Output.Strategy, change.Header.Instrument, change.ClientOrderId);
    }

    private void Consider(int strategy, InstrumentId instrument, ClientOrderId id)
    {
        bool isMeant = question.IsOfOrder
            ? id == order
            : (question.Strategy is null || owners[strategy] == question.Strategy) && (question.Instrument is null || _camera.SymbolOf(instrument) == question.Instrument);
        if (isMeant) Mean();
        if (_isMeant && !id.IsNone && (!question.IsOfOrder || id == order)) AddStory(id);
    }

    /// <summary>A state, a kill switch or a mode changed, of one strategy or of all, in one instrument or in all: nobody's want, and a decision all the same.</summary>
    private void ConsiderRisk(ushort strategy, InstrumentId instrument)
    {
        if (question.IsOfOrder || !IsLookedAt()) return;
        bool isAll = strategy == TradingEngine.ExternalStrategy;
        _camera.TakeRisk(_step!, isAll ? -1 : strategy, instrument);
        bool isMeant = (question.Strategy is null || isAll || owners[strategy] == question.Strategy)
            && (question.Instrument is null || instrument.IsNone || _camera.SymbolOf(instrument) == question.Instrument);
        if (isMeant) Mean();
    }

    /// <summary>The step that runs is the one that is asked for, as far as is known by now.</summary>
    private void Mean()
    {
        if (_isMeant) return;
        _isMeant = true;
        Found = _step;
        _stories.Clear();
        foreach (Judgement earlier in question.IsOfOrder ? [] : _step!.Judgements) AddStory(earlier.Command.ClientOrderId);
    }

    /// <summary>Of an order that was judged earlier in the step: with what was published of it since.</summary>
    private void AddStory(ClientOrderId id)
    {
        if (id.IsNone || _stories.ContainsKey(id)) return;
        OrderStory story = _stories[id] = new OrderStory(id);
        foreach (byte[] message in _step!.Published)
            if (Messages.Header(message).Type is var type && AboutOf(type, message) == id) Tell(story, type, message);
    }

    private Judgement Judge(in OrderCommand command, OrderOrigin origin, bool isChild) => new(command, origin, GateReading.Of(_engine, in command, origin, isChild));

    /// <summary>It may be what wakes a strategy, of which the picture is taken only then.</summary>
    private void Keep(ReadOnlySpan<byte> message)
    {
        if (_publishedIn != _engine.InputCount) _published.Clear();
        _publishedIn = _engine.InputCount;
        _published.Add(message.ToArray());
    }

    private void NoteInStep(MessageType type, ReadOnlySpan<byte> message)
    {
        _step!.Published.Add(message.ToArray());
        if (type == MessageType.OrderEvent) NoteRefusal(_step.Judgements, in Messages.As<OrderEvent>(message));
    }

    private static void NoteRefusal(List<Judgement> judgements, in OrderEvent change)
    {
        ClientOrderId id = change.ClientOrderId;
        if (!DecisionWords.IsNo(in change) || judgements.FindLast(judged => judged.Command.ClientOrderId == id) is not { } judgement) return;
        judgement.Reason = change.Reason;
        judgement.Numbers = (change.Limit, change.Found, change.Scope);
    }

    // ---- stories

    private void Tell(OrderStory story, MessageType type, ReadOnlySpan<byte> message)
    {
        story.Events.Add(message.ToArray());
        if (type != MessageType.OrderEvent) return;
        ref readonly OrderEvent change = ref Messages.As<OrderEvent>(message);
        if (!IsInStep) NoteRefusal(story.Judgements, in change);
        story.IsOver |= change.To.IsTerminal() || change.To == OrderStatus.Refused;
        LookWhetherDone();
    }

    private void LookWhetherDone()
    {
        if (!_isFound) return;
        foreach (OrderStory story in _stories.Values)
            if (!story.IsOver) return;
        IsDone = true;
    }

    /// <summary>The order that a message is about; None where it is about none.</summary>
    private static ClientOrderId AboutOf(MessageType type, ReadOnlySpan<byte> message) => type switch
    {
        MessageType.OrderCommand => Messages.As<OrderCommand>(message).ClientOrderId,
        MessageType.OrderEvent => Messages.As<OrderEvent>(message).ClientOrderId,
        MessageType.FillEvent => Messages.As<FillEvent>(message).ClientOrderId,
        MessageType.AdjustmentEvent => Messages.As<AdjustmentEvent>(message).ClientOrderId,
        _ => ClientOrderId.None,
    };
}
