using Fathom.Domain;
using Fathom.Domain.Messages;
using Fathom.Domain.Ports;
using Fathom.Domain.Values;
using Fathom.Engine.Loop;
using Fathom.Engine.Loop.CarryOver;
using Fathom.Host.Runs;
using Fathom.Market.Universe;

namespace Fathom.Host.Sessions;

/// <summary>What an earlier run left, and how a backtest goes on with it.</summary>
/// <remarks>Its instruments get their ids first, and their definitions come before the market data, for the venue too. The simulated venue of the run is another than the one to which the carried orders went: it
/// has a number of its own, so that its executions are no repetitions, and what was open there is in doubt.</remarks>
internal sealed class CarriedSession
{
    private readonly CarryOverBlock _block;
    private readonly InstrumentRegistry _registry;

    private CarriedSession(CarryOverBlock block, InstrumentRegistry registry)
    {
        _block = block;
        _registry = registry;
        Beginning = new CarriedBeginning(block.Begins.Session, block.Begins.Clock, block.Begins.Orders, registry.Count);
    }

    /// <summary>Null where the run begins with nothing.</summary>
    /// <param name="registry">Has given no id yet.</param>
    /// <exception cref="InputException">The carry-over is damaged, or does not go with the settings.</exception>
    public static CarriedSession? Open(BacktestSettings settings, InstrumentRegistry registry)
    {
        if (settings.CarryOver is not { } file) return null;
        CarryOverBlock block = CarryOverFile.Read(file);
        block.Require(settings.Engine);
        return new CarriedSession(block.Placed(definition => Define(registry, definition)).Doubted(ReasonCode.Disconnected), registry);
    }

    /// <summary>What the run's results say of it.</summary>
    public CarriedBeginning Beginning { get; }

    /// <summary>What the run's venue states as its reports' source.</summary>
    public ushort VenueNumber => unchecked((ushort)Beginning.Session);

    /// <summary>Holds other settings against the same carry-over.</summary>
    /// <exception cref="InputException">It does not go with them.</exception>
    public void Require(BacktestSettings settings) => _block.Require(settings.Engine);

    /// <summary>Before the engine's first other input.</summary>
    public void StepInto(Action<ReadOnlySpan<byte>> step) => _block.StepInto(step);

    /// <summary>The market data, with the definitions of the carried instruments before it, as they are to be understood now.</summary>
    public IMessageSource Before(IMessageSource market) => new DefinedFirst(market, [.. Enumerable.Range(0, Beginning.InstrumentCount).Select(index => DefinitionOf(new InstrumentId(index)))]);

    private InstrumentDefinition DefinitionOf(InstrumentId instrument)
    {
        InstrumentDefinition definition = _registry[instrument];
        (definition.Header.Type, definition.Header.EventTime, definition.Header.ReceiveTime) = (MessageType.InstrumentDefined, Timestamp.None, Timestamp.None);
        return definition;
    }

    private static InstrumentId Define(InstrumentRegistry registry, InstrumentDefinition carried)
    {
        (carried.Header.EventTime, carried.Header.ReceiveTime) = (Timestamp.Earliest, Timestamp.Earliest);
        return registry.Define(carried).Id;
    }

    private sealed class DefinedFirst(IMessageSource market, InstrumentDefinition[] definitions) : IMessageSource
    {
        private int _next;

        public int Read(Span<byte> buffer)
        {
            int written = 0;
            for (; _next < definitions.Length; _next++)
            {
                ReadOnlySpan<byte> message = Messages.AsBytes(in definitions[_next]);
                if (message.Length > buffer.Length - written) return written;
                message.CopyTo(buffer[written..]);
                written += message.Length;
            }
            return written > 0 ? written : market.Read(buffer);
        }

        public void Dispose() => market.Dispose();
    }
}
