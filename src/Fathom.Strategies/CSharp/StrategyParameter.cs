using System.Globalization;
using System.Reflection;
using Fathom.Domain;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;

namespace Fathom.Strategies.CSharp;

/// <summary>One parameter of a strategy's class: a public property with a setter and a <see cref="ParameterAttribute"/>.</summary>
public sealed class StrategyParameter
{
    private static readonly Type[] s_types =
        [typeof(double), typeof(decimal), typeof(long), typeof(int), typeof(bool), typeof(string), typeof(Price), typeof(Quantity), typeof(Duration)];

    private readonly PropertyInfo _property;

    private StrategyParameter(PropertyInfo property, ParameterAttribute attribute)
    {
        _property = property;
        Key = Spelling.Snake(property.Name);
        Description = attribute.Description;
        if (property.GetMethod is not { IsPublic: true, IsStatic: false } || property.SetMethod is not { IsPublic: true } || property.GetIndexParameters().Length > 0)
            throw Wrong("one that cannot be read and set from outside", "a public property with { get; set; }", "Make it one, or take the attribute away.");
        if (!property.PropertyType.IsEnum && Array.IndexOf(s_types, property.PropertyType) < 0)
            throw Wrong($"the type {property.PropertyType.Name}", "double, decimal, long, int, bool, string, an enum, Price, Quantity or Duration", "Change its type, or take the attribute away.");
        Min = Bound(attribute.Min, nameof(ParameterAttribute.Min));
        Max = Bound(attribute.Max, nameof(ParameterAttribute.Max));
    }

    /// <summary>Its name in <c>[strategy.params]</c>.</summary>
    public string Key { get; }

    /// <summary>What it is and in which unit, for people; may be empty.</summary>
    public string Description { get; }

    /// <summary>The property's.</summary>
    public Type Type => _property.PropertyType;

    /// <summary>Smallest value: a decimal for double and decimal, else of the parameter's own type (long for int). Null: no bound.</summary>
    public object? Min { get; }

    /// <summary>Largest value, as <see cref="Min"/>.</summary>
    public object? Max { get; }

    /// <summary>All of a class and its bases, by key in ordinal order.</summary>
    /// <exception cref="InputException">A property that cannot be a parameter, an impossible bound, or two of one key.</exception>
    public static IReadOnlyList<StrategyParameter> Of(Type strategy)
    {
        SortedDictionary<string, StrategyParameter> parameters = new(StringComparer.Ordinal);
        foreach (PropertyInfo property in strategy.GetProperties(BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
        {
            if (property.GetCustomAttribute<ParameterAttribute>() is not { } attribute) continue;
            StrategyParameter parameter = new(property, attribute);
            if (!parameters.TryAdd(parameter.Key, parameter)) throw parameter.Wrong("a second parameter of that name", $"{parameter.Key} once", "Rename one of the properties.");
        }
        return [.. parameters.Values];
    }

    /// <summary>The public property that is spelled so and lacks the attribute; null when there is none.</summary>
    public static string? Unmarked(Type strategy, string key)
    {
        foreach (PropertyInfo property in strategy.GetProperties(BindingFlags.Instance | BindingFlags.Public))
            if (property.CanWrite && Spelling.Snake(property.Name) == key && property.GetCustomAttribute<ParameterAttribute>() is null) return property.Name;
        return null;
    }

    /// <summary>The words that an enum's parameter takes, in the order of its values.</summary>
    public IReadOnlyList<string> Words => Array.ConvertAll(Enum.GetNames(Type), Spelling.Snake);

    /// <summary>What the strategy holds, after construction its default; a double as the decimal that is nearest, an int as a long, an enum as its word.</summary>
    /// <exception cref="InputException">It cannot be written in a configuration, or is out of the parameter's own range.</exception>
    public object? Read(Strategy strategy)
    {
        object? held = _property.GetValue(strategy);
        object? value = held switch
        {
            double number => Exact(number) ?? throw Wrong($"the default {number.ToString(CultureInfo.InvariantCulture)}", "a number of at most 28 digits", "Change the property's initial value."),
            int number => (long)number,
            Enum word => Enum.GetName(Type, word) is { } name ? Spelling.Snake(name) : throw Wrong($"the default {word:D}", $"one of {string.Join(", ", Words)}", "Change the property's initial value."),
            _ => held,
        };
        bool isStated = value is not (Price { IsNone: true } or Quantity { IsNone: true } or string or bool);
        if (isStated && value is IComparable stated && ((Min is not null && stated.CompareTo(Min) < 0) || (Max is not null && stated.CompareTo(Max) > 0)))
            throw Wrong($"the default {value}", $"one from {Min ?? "anything"} to {Max ?? "anything"}", "Change the range or the property's initial value.");
        return value;
    }

    /// <summary>Sets it.</summary>
    /// <param name="value">In the form in which <see cref="Read"/> gives it.</param>
    /// <exception cref="InputException">The property's setter refused it.</exception>
    public void Set(Strategy strategy, object? value)
    {
        object? typed = value;
        if (Type == typeof(double)) typed = double.Parse(((decimal)value!).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);      // rounded once
        else if (Type == typeof(int)) typed = checked((int)(long)value!);
        else if (Type.IsEnum) typed = Enum.GetValues(Type).GetValue(Array.IndexOf((string[])Words, (string)value!));
        try
        {
            _property.SetValue(strategy, typed);
        }
        catch (TargetInvocationException refused)
        {
            throw Wrong($"{value}", "a value that its setter takes", refused.InnerException!.Message);
        }
    }

    /// <summary>The decimal that reads back as the same double; null when there is none of at most 28 digits.</summary>
    private static decimal? Exact(double number) =>
        decimal.TryParse(number.ToString("R", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture, out decimal value) &&
        double.Parse(value.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) == number ? value : null;

    /// <summary>A bound is written as whatever an attribute can hold; it has to be a value of the parameter's type.</summary>
    private object? Bound(object? written, string name)
    {
        if (written is null && Type != typeof(int)) return null;
        if (written is null) return name == nameof(ParameterAttribute.Min) ? (long)int.MinValue : (object)(long)int.MaxValue;
        string text = written is double number && Exact(number) is { } exact ? exact.ToString(CultureInfo.InvariantCulture) : Convert.ToString(written, CultureInfo.InvariantCulture)!;
        object? bound = null;
        if (Type == typeof(double) || Type == typeof(decimal)) bound = decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal value) ? value : null;
        else if (Type == typeof(long) || Type == typeof(int)) bound = long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value) ? value : null;
        else if (Type == typeof(Price)) bound = Price.TryParse(text, out Price value) ? value : null;
        else if (Type == typeof(Quantity)) bound = Quantity.TryParse(text, out Quantity value) ? value : null;
        else if (Type == typeof(Duration)) bound = Duration.TryParse(text, out Duration value) ? value : null;
        return bound ?? throw Wrong($"{name} = {text}", $"a bound that is a {Type.Name}", Type == typeof(Duration) ? $"Write {name} = \"5s\"." : "Correct or remove it.");
    }

    private InputException Wrong(string found, string expected, string fix) =>
        new($"the parameter {_property.DeclaringType!.Name}.{_property.Name}", found, expected, fix);
}
