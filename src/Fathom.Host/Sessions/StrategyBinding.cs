using Fathom.Domain;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Engine.Execution.Exits;
using Fathom.Engine.Loop;
using Fathom.Engine.Portfolio.Sizing;
using Fathom.Host.Configuration;
using Fathom.Host.CSharp;
using Fathom.Strategies.CSharp;
using Fathom.Strategies.Library;

namespace Fathom.Host.Sessions;

/// <summary>Makes the strategy of a <c>[[strategy]]</c> section: a built-in one by its name, or a user's from a source file or an assembly; and gives it its parameters.</summary>
internal static class StrategyBinding
{
    private const int IdLengthMax = 64;
    private static readonly Duration WarmupMax = Duration.FromMilliseconds(3_650L * 86_400_000);

    private static readonly string[] Origins = ["name", "file", "assembly"];

    /// <param name="warnings">Takes what the user should know about the code.</param>
    /// <exception cref="InputException">The section names no strategy or several, the code is not one, or a parameter is wrong.</exception>
    public static NamedStrategy Bind(ConfigSection section, ICollection<string> warnings)
    {
        string[] written = [.. Origins.Where(section.Has)];
        if (written.Length > 1) throw section.Refuse(written[1], $"only one of {string.Join(", ", Origins)}", $"Remove {written[0]} or {written[1]}.");
        if (written.Length == 0) throw Nothing(section);

        string name;
        Strategy strategy;
        if (written[0] == "name")
        {
            name = section.Word("name", [.. StrategyLibrary.Names]);
            strategy = StrategyLibrary.Create(name);
        }
        else
        {
            strategy = MakeOfUser(section, warnings);
            name = Spelling.Kebab(strategy.GetType().Name);
        }
        string id = section.StringOrNull("id") ?? name;
        RequireId(section, id);
        Duration warmup = section.DurationOrNull("warmup", min: Duration.Zero, max: WarmupMax) ?? Duration.Zero;
        BindParameters(section.Section("params"), strategy);
        ExitOptions? exits = ExitBinding.Bind(section.Section("exits"));
        SizingOptions? sizing = SizingBinding.Bind(section.Section("sizing"), exits);
        return new NamedStrategy(id, strategy) { Warmup = warmup, Exits = exits, Sizing = sizing };
    }

    /// <summary>A name under which an owner of orders and positions can appear in results.</summary>
    public static void RequireId(ConfigSection section, string id)
    {
        if (id.Length is 0 or > IdLengthMax || id == "external") throw section.Refuse("id", $"1 to {IdLengthMax} characters, not 'external'", "Choose another name.");
    }

    private static Strategy MakeOfUser(ConfigSection section, ICollection<string> warnings)
    {
        StrategyCode code = section.FilePathOrNull("file") is { } file ? StrategyCode.FromSource(file) : StrategyCode.FromAssembly(section.FilePath("assembly"));
        Type type = StrategyClass.Find(code.Assembly, code.Source, section.StringOrNull("type"));
        // The path is no part of the fingerprint, the code is; written down with a run it holds the run to its code.
        if (section.String("code", fallback: code.Hash.ToString()) != code.Hash.ToString())
            throw section.Refuse("code", $"{code.Hash}, the hash of {code.Source} as it is now", "The code has changed since. Bring it back, or remove the line to run what is there.");
        foreach (string warning in code.Warnings.Where(warning => !warnings.Contains(warning))) warnings.Add(warning);
        return StrategyClass.Create(type, code.Source);
    }

    private static InputException Nothing(ConfigSection section)
    {
        foreach (string origin in Origins)
            if (NearestName.Find(origin, section.Keys) is not null) section.String(origin);      // says that it is missing, and which key is meant to be it
        return section.Refuse("name", string.Join(", ", Origins[..^1]) + " or " + Origins[^1], "Write name = \"quoter\", file = \"MyStrategy.cs\" or assembly = \"My.dll\".");
    }

    private static void BindParameters(ConfigSection values, Strategy strategy)
    {
        Type type = strategy.GetType();
        IReadOnlyList<StrategyParameter> parameters = StrategyParameter.Of(type);
        foreach (StrategyParameter parameter in parameters) parameter.Set(strategy, Read(values, parameter, parameter.Read(strategy)));
        foreach (string key in values.Keys.Where(key => parameters.All(parameter => parameter.Key != key)))
        {
            if (StrategyParameter.Unmarked(type, key) is { } property) throw values.Refuse(key, "a parameter", $"Write [Parameter] above {type.Name}.{property} to make it one.");
            throw parameters.Count > 0 ? values.RefuseUnknown(key, parameters.Select(parameter => parameter.Key))
                : values.Refuse(key, "nothing", $"{type.Name} has no parameters: remove it, or give the class a property with [Parameter].");
        }
    }

    /// <summary>The value that is written, else the default; either is from now on part of the effective configuration.</summary>
    private static object? Read(ConfigSection values, StrategyParameter parameter, object? byDefault)
    {
        (string key, Type type, object? min, object? max) = (parameter.Key, parameter.Type, parameter.Min, parameter.Max);
        if (type.IsEnum) return values.Word(key, parameter.Words, (string)byDefault!);
        if (type == typeof(double) || type == typeof(decimal)) return values.Decimal(key, (decimal)byDefault!, (decimal?)min, (decimal?)max);
        if (type == typeof(long) || type == typeof(int)) return values.Long(key, (long)byDefault!, (long?)min, (long?)max);
        if (type == typeof(bool)) return values.Bool(key, (bool)byDefault!);
        if (type == typeof(Duration)) return values.Duration(key, (Duration)byDefault!, (Duration?)min, (Duration?)max);
        // "None" and null are "not set", which a configuration says by silence.
        if (type == typeof(string)) return byDefault is null ? values.StringOrNull(key) : values.String(key, (string)byDefault);
        if (type == typeof(Price)) return byDefault is Price { IsNone: true } ? values.PriceOrNull(key, (Price?)min, (Price?)max) ?? Price.None : values.Price(key, (Price)byDefault!, (Price?)min, (Price?)max);
        return byDefault is Quantity { IsNone: true } ? values.QuantityOrNull(key, (Quantity?)min, (Quantity?)max) ?? Quantity.None
            : values.Quantity(key, (Quantity)byDefault!, (Quantity?)min, (Quantity?)max);
    }
}
